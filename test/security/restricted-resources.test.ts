import { albumin, bilirubin, call, condition, hcc, inr, prefetch, searchset, send } from '../http/requests.ts';

/** What a record marks as restricted decides like anything else, and is not written onto a card that more may see. */

const label = (code: string) => ({
  meta: { security: [{ system: 'http://terminology.hl7.org/CodeSystem/v3-Confidentiality', code }] },
});

const labs = (more: object) =>
  searchset(...[bilirubin(4.37), albumin(2.13), inr(2.61)].map((resource) => ({ ...resource, ...more })));
const withLabs = (more: object, conditions = prefetch.conditions) =>
  call({ prefetch: { ...prefetch, labs: labs(more), conditions } });
const values = /4\.37|2\.13|2\.61|437|213|261/;

it('a value that is not restricted is printed, so that the next tests show something', async () => {
  const response = await send(withLabs({}));
  expect(response.text).toMatch(/4\.37/);
  expect(response.body.cards[0].indicator).toBe('critical');
});

it.each(['R', 'V'])('a value marked %s makes the same card, without itself', async (code) => {
  const open = (await send(withLabs({}))).body.cards;
  const { body, text } = await send(withLabs(label(code)));
  expect(body.cards.map(({ indicator }: { indicator: string }) => indicator)).toEqual(
    open.map(({ indicator }: { indicator: string }) => indicator),
  );
  expect(text).not.toMatch(values);
  expect(text).toContain('restricted');
});

it.each(['N', 'L', 'M', 'U'])('a value marked %s is printed', async (code) => {
  expect((await send(withLabs(label(code)))).text).toMatch(/4\.37/);
});

it('a restricted problem decides, and its words are not quoted', async () => {
  const ascites = condition('tense', '389026000', 'Tense ascites of zqsecret', label('R'));
  const response = await send(call({ prefetch: { ...prefetch, conditions: searchset(hcc, ascites) } }));
  expect(response.body.cards.length).toBeGreaterThan(0);
  expect(response.text).not.toContain('zqsecret');
});
