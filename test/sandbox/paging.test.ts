import type { Express } from 'express';
import fc from 'fast-check';
import type { FhirResource } from 'fhir/r4.js';
import { baseUrl, bundleOf, entries, get, link, startWard } from './ward.ts';

const ids = Array.from({ length: 23 }, (_, i) => `o${i}`);
const observations = ids.map(
  (id, i): FhirResource => ({
    resourceType: 'Observation',
    id,
    status: 'final',
    code: { coding: [{ code: i % 2 ? '1975-2' : '1751-7' }] },
    subject: { reference: 'Patient/p' },
    effectiveDateTime: `2026-11-${String((i % 5) + 1).padStart(2, '0')}`,
  }),
);

let app: Express;
beforeAll(async () => {
  app = await startWard(bundleOf({ resourceType: 'Patient', id: 'p' }, ...observations));
});

async function readAll(path: string): Promise<string[][]> {
  const pages: string[][] = [];
  for (let next: string | undefined = baseUrl + path; next !== undefined; ) {
    expect(next.startsWith(`${baseUrl}/`)).toBe(true);
    const { body } = await get(app, next.slice(baseUrl.length));
    pages.push(entries(body).map(({ resource }) => resource?.id ?? ''));
    next = link(body, 'next');
  }
  return pages;
}

describe('paging', () => {
  it.each(['', '?patient=p', '?patient=p&_sort=-date', '?code=1975-2,1751-7&_sort=date'])(
    'following next until it is gone gives every resource exactly once: Observation%s',
    async (query) => {
      await fc.assert(
        fc.asyncProperty(fc.integer({ min: 1, max: 30 }), async (count) => {
          const pages = await readAll(`/Observation${query}${query ? '&' : '?'}_count=${count}`);
          expect(pages.flat().sort()).toEqual([...ids].sort());
          expect(pages).toHaveLength(Math.ceil(ids.length / count));
        }),
        { numRuns: 8 },
      );
    },
  );

  it('keeps the order of the whole over the pages', async () => {
    const whole = await readAll('/Observation?patient=p&_sort=-date');
    expect((await readAll('/Observation?patient=p&_sort=-date&_count=4')).flat()).toEqual(whole.flat());
  });

  it('says in the self link what was asked, in absolute form, and the total of all pages', async () => {
    const { body } = await get(app, '/Observation?patient=p&code=1975-2&_count=3');
    expect(link(body, 'self')).toBe(`${baseUrl}/Observation?_count=3&code=1975-2&patient=p`);
    expect(body.total).toBe(11);
  });

  it('counts without a single entry when _count or _summary asks for that', async () => {
    for (const path of ['/Observation?_count=0', '/Observation?_summary=count']) {
      const { body } = await get(app, path);
      expect(body.total).toBe(23);
      expect(body).not.toHaveProperty('entry');
      expect(link(body, 'next')).toBeUndefined();
    }
  });

  it('leaves out next on the last page and past the end', async () => {
    expect(link((await get(app, '/Observation?_count=23')).body, 'next')).toBeUndefined();
    const { body } = await get(app, '/Observation?_offset=99');
    expect(entries(body)).toEqual([]);
    expect(link(body, 'next')).toBeUndefined();
  });
});
