import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { loadStories, StoryError } from '../../src/sandbox/stories.ts';
import { bundleOf } from './ward.ts';

let dir: string;
beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), 'stories-'));
});
afterEach(() => rm(dir, { recursive: true }));

async function write(file: string, text: string): Promise<void> {
  await mkdir(dirname(join(dir, file)), { recursive: true });
  await writeFile(join(dir, file), text);
}

const bundle = bundleOf({ resourceType: 'Patient', id: 'p' });

async function writeStory(slug: string, story: string): Promise<void> {
  await write(`${slug}/bundle.json`, JSON.stringify(bundle));
  await write(`${slug}/story.md`, story);
}

async function faults(): Promise<readonly string[]> {
  const error: unknown = await loadStories(dir).catch((reason: unknown) => reason);
  expect(error).toBeInstanceOf(StoryError);
  expect(error).toMatchObject({ code: 'ERR_STORY' });
  return error instanceof StoryError ? error.faults : [];
}

describe('loadStories', () => {
  it('gives slug, first heading and bundle, sorted by slug', async () => {
    await writeStory('late-call', 'A line first.\n\n## The late call ##\n\n# Another');
    await writeStory('ascites', '# Ascites, not graded\n');
    await write('README.md', 'not a story');
    expect(await loadStories(dir)).toEqual([
      { slug: 'ascites', title: 'Ascites, not graded', bundle },
      { slug: 'late-call', title: 'The late call', bundle },
    ]);
  });

  it('names every faulty file at once', async () => {
    await writeStory('broken-json', '# A');
    await write('broken-json/bundle.json', '{ "resourceType": ');
    await writeStory('no-bundle', '# B');
    await write('no-bundle/bundle.json', '{"resourceType":"Patient"}');
    await writeStory('no-heading', 'text');
    await write('only-story/story.md', '# C');
    expect(await faults()).toEqual([
      expect.stringMatching(/broken-json.bundle\.json: .*JSON/),
      expect.stringMatching(/no-bundle.bundle\.json: not a FHIR Bundle/),
      expect.stringMatching(/no-heading.story\.md: no heading/),
      expect.stringMatching(/only-story.bundle\.json: cannot be read/),
    ]);
  });
});
