import type { Story } from './sandbox/stories.ts';

/** What `npm start` prints: where things are, and one line that returns a card. */
export function welcome(baseUrl: string, stories: readonly Pick<Story, 'slug' | 'title'>[]): string {
  const lines = ['', `CDS Services   ${baseUrl}/cds-services`];
  if (stories.length > 0) {
    lines.push(
      `FHIR R4        ${baseUrl}/fhir   (${stories.length} synthetic patients)`,
      '',
      'Try it:',
      '',
      example(baseUrl),
    );
  }
  return `${lines.join('\n')}\n\n`;
}

function example(_baseUrl: string): string {
  return '';
}
