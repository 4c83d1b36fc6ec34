import { readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import type { Bundle, FhirResource } from 'fhir/r4.js';
import { parse } from 'yaml';
import { z } from 'zod';
import type { Definitions } from '../../definitions/definitions.ts';
import type { Story } from '../../sandbox/stories.ts';
import type { StoryCall, StoryGroup, StoryIntro } from './start.ts';

/** Of `expected.yaml` what the workbench offers to try, and the topic of the first card. */
const Calls = z.array(
  z.looseObject({
    name: z.string(),
    hook: z.enum(['order-select', 'order-sign', 'patient-view']),
    drafts: z.array(z.string()).default([]),
    select: z.array(z.string()).optional(),
    site: z.string().optional(),
    cards: z.array(z.looseObject({ topic: z.string() })),
  }),
);

/**
 * The stories for people to choose from, grouped by what the service says of their first call: in the order of the
 * topics in service.yaml, then those to which it says nothing.
 *
 * @param folder fhir-fixtures/patients
 */
export function readStoryGroups(
  folder: string,
  stories: readonly Story[],
  { service }: Definitions,
): readonly StoryGroup[] {
  const told = stories.map((story) => readIntro(join(folder, story.slug), story));
  const groups = Object.entries(service.topics).map(([topic, { display }]) => [topic, display] as const);
  return [...groups, [undefined, 'Nothing to say'] as const].flatMap(([topic, title]) => {
    const ofTopic = told.filter((one) => one.topic === topic).map(({ intro }) => intro);
    return ofTopic.length > 0 ? [{ title, stories: ofTopic }] : [];
  });
}

function readIntro(folder: string, { slug, title }: Story): { readonly topic: string | undefined; intro: StoryIntro } {
  const text = readFileSync(join(folder, 'story.md'), 'utf8').replace(/^#.*\n+/, '');
  const calls = Calls.parse(parse(readFileSync(join(folder, 'expected.yaml'), 'utf8'))).filter(
    ({ site }) => site === undefined,
  );
  const told = calls.map(
    ({ name, hook, drafts, select }): StoryCall => ({ name, hook, drafts, select: select ?? drafts }),
  );
  return { topic: calls[0]?.cards[0]?.topic, intro: { slug, title, text: text.trim(), calls: told } };
}

/** The draft orders by key. @param folder fhir-fixtures/drafts */
export function readDrafts(folder: string): Bundle<FhirResource> {
  const files = readdirSync(folder).filter((name) => name.endsWith('.json'));
  const entry = files.sort().map((name) => ({
    fullUrl: `urn:draft:${basename(name, '.json')}`,
    resource: JSON.parse(readFileSync(join(folder, name), 'utf8')) as FhirResource,
  }));
  return { resourceType: 'Bundle', type: 'collection', entry };
}
