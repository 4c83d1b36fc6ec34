import { HttpProblem } from './operation-outcome.ts';

/** FHIR and CDS Hooks need some twenty levels; a parser takes seconds for the millions that a body has room for. */
const deepest = 200;

/**
 * Looks at a body before it is parsed, once, byte by byte.
 *
 * @throws HttpProblem 400 when its arrays and objects are nested more deeply than any call needs
 */
export function refuseDeep(body: Uint8Array): void {
  if (isDeeperThan(deepest, body)) {
    const text = `The body is nested more than ${deepest} levels deep`;
    throw new HttpProblem(400, [{ code: 'structure', text }]);
  }
}

const [quote, backslash] = [0x22, 0x5c];
const [openArray, openObject, closeArray, closeObject] = [0x5b, 0x7b, 0x5d, 0x7d];

function isDeeperThan(most: number, body: Uint8Array): boolean {
  let depth = 0;
  let inText = false;
  for (let at = 0; at < body.length; at += 1) {
    const byte = body[at];
    if (inText) {
      if (byte === backslash) at += 1;
      else if (byte === quote) inText = false;
    } else if (byte === quote) inText = true;
    else if (byte === openArray || byte === openObject) {
      depth += 1;
      if (depth > most) return true;
    } else if (byte === closeArray || byte === closeObject) depth -= 1;
  }
  return false;
}
