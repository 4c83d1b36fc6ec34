import { HttpProblem } from './operation-outcome.ts';

/** FHIR and CDS Hooks need some twenty levels; a parser takes seconds for the millions that a body has room for. */
const deepest = 200;
/** A record has some thousand entries; a parser takes a second for an object of a million members. */
const widest = 100_000;

/**
 * Looks at a body before it is parsed, once, byte by byte.
 *
 * @throws HttpProblem 400 when its arrays and objects are nested more deeply, or one of them is larger, than any call
 * needs
 */
export function refuseUnwieldy(body: Uint8Array): void {
  const text = whatIsUnwieldy(body);
  if (text !== undefined) throw new HttpProblem(400, [{ code: 'structure', text }]);
}

const [quote, backslash, comma] = [0x22, 0x5c, 0x2c];
const [openArray, openObject, closeArray, closeObject] = [0x5b, 0x7b, 0x5d, 0x7d];

function whatIsUnwieldy(body: Uint8Array): string | undefined {
  /** How many elements the array or object has that is open at each level. */
  const elements = new Uint32Array(deepest + 1);
  let depth = 0;
  let inText = false;
  for (let at = 0; at < body.length; at += 1) {
    const byte = body[at];
    if (inText) {
      if (byte === backslash) at += 1;
      else if (byte === quote) inText = false;
    } else if (byte === quote) inText = true;
    else if (byte === comma) {
      const count = (elements[depth] ?? 0) + 1;
      if (count > widest) return `The body holds an array or object of more than ${widest} elements`;
      elements[depth] = count;
    } else if (byte === openArray || byte === openObject) {
      depth += 1;
      if (depth > deepest) return `The body is nested more than ${deepest} levels deep`;
      elements[depth] = 1;
    } else if (byte === closeArray || byte === closeObject) depth = Math.max(0, depth - 1);
  }
  return undefined;
}
