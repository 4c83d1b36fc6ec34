import { readFileSync } from 'node:fs';

const sheets = ['src/pages/design/tokens.css', 'src/pages/timeline/browser/timeline.css'].map((file) =>
  readFileSync(file, 'utf8'),
);

/** The colours of the chart in light, or those that dark mode puts over them. */
function colours(scheme: 'light' | 'dark'): ReadonlyMap<string, string> {
  const found = new Map<string, string>();
  for (const sheet of sheets) {
    const [light = '', dark = ''] = sheet.split('@media (prefers-color-scheme: dark)');
    for (const part of scheme === 'light' ? [light] : [light, dark])
      for (const [, name = '', hex = ''] of part.matchAll(/--([\w-]+): #([\da-f]+);/g)) found.set(name, hex);
  }
  return found;
}

/** Relative luminance as WCAG 2.2 defines it. */
function luminance(hex: string): number {
  const full = hex.length === 3 ? [...hex].map((digit) => digit + digit).join('') : hex;
  const [red = 0, green = 0, blue = 0] = [0, 2, 4].map((at) => {
    const part = Number.parseInt(full.slice(at, at + 2), 16) / 255;
    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

const grounds = ['tone-1', 'tone-2', 'tone-3', 'surface'];

describe.each(['light', 'dark'] as const)('the colours of the chart, %s', (scheme) => {
  const known = colours(scheme);
  const colour = (name: string) => {
    const hex = known.get(name);
    if (hex === undefined) throw new Error(`no colour --${name}`);
    return hex;
  };
  const contrast = (one: string, other: string) => {
    const [low = 0, high = 0] = [luminance(colour(one)), luminance(colour(other))].sort((a, b) => a - b);
    return (high + 0.05) / (low + 0.05);
  };

  it.each(['series', 'range', 'session', 'border-line', 'focus'])(
    '%s stands out on every ground (WCAG 1.4.11)',
    (name) => {
      for (const ground of grounds) expect(contrast(name, ground)).toBeGreaterThanOrEqual(3);
    },
  );

  it('the border of a drug stands out, and its name can be read', () => {
    expect(contrast('therapy-line', 'surface')).toBeGreaterThanOrEqual(3);
    expect(contrast('therapy-text', 'therapy')).toBeGreaterThanOrEqual(4.5);
  });

  it.each(['text', 'text-quiet'])('%s can be read on every ground', (name) => {
    for (const ground of grounds) expect(contrast(name, ground)).toBeGreaterThanOrEqual(4.5);
  });
});
