import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Bundle } from 'fhir/r4.js';

/** A synthetic patient: what is in the record, and what the case is about. */
export interface Story {
  readonly slug: string;
  readonly title: string;
  readonly bundle: Bundle;
}

/** Some stories cannot be read. Names every faulty file, so that all are mended in one go. */
export class StoryError extends Error {
  readonly code = 'ERR_STORY';
  readonly faults: readonly string[];

  constructor(faults: readonly string[]) {
    super(faults.join('\n'));
    this.name = 'StoryError';
    this.faults = faults;
  }
}

/**
 * Reads the stories of a folder: one sub-folder each, with `bundle.json` and `story.md`.
 *
 * @param dir the folder that holds the sub-folders (`fhir-fixtures/patients`)
 * @returns sorted by slug
 * @throws StoryError naming every file that is missing, is not a Bundle, or has no heading
 */
export async function loadStories(dir: string): Promise<Story[]> {
  const entries = await readdir(dir, { withFileTypes: true });
  const slugs = entries.flatMap((entry) => (entry.isDirectory() ? [entry.name] : [])).sort();
  const results = await Promise.allSettled(slugs.map((slug) => loadStory(join(dir, slug), slug)));
  const faults = results.flatMap((result) => (result.status === 'rejected' ? [String(result.reason.message)] : []));
  if (faults.length > 0) throw new StoryError(faults);
  return results.flatMap((result) => (result.status === 'fulfilled' ? [result.value] : []));
}

async function loadStory(folder: string, slug: string): Promise<Story> {
  const bundle = parseBundle(join(folder, 'bundle.json'), await readText(join(folder, 'bundle.json')));
  const title = firstHeading(await readText(join(folder, 'story.md')));
  if (title === undefined) throw new Error(`${join(folder, 'story.md')}: no heading`);
  return { slug, title, bundle };
}

async function readText(file: string): Promise<string> {
  try {
    return await readFile(file, 'utf8');
  } catch (cause) {
    throw new Error(`${file}: cannot be read`, { cause });
  }
}

function parseBundle(file: string, text: string): Bundle {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (cause) {
    throw new Error(`${file}: ${cause instanceof Error ? cause.message : 'not JSON'}`, { cause });
  }
  if (typeof value !== 'object' || value === null || !('resourceType' in value) || value.resourceType !== 'Bundle') {
    throw new Error(`${file}: not a FHIR Bundle`);
  }
  return value as Bundle;
}

function firstHeading(markdown: string): string | undefined {
  return /^#{1,6}[ \t]+(.+?)[ \t]*#*[ \t]*$/m.exec(markdown)?.[1];
}
