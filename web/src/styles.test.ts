import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';

const read = (name: string) => readFileSync(`src/styles/${name}`, 'utf8').replace(/\/\*.*?\*\//gs, '');
const files = (entry: string) => [...read(entry).matchAll(/@import "\.\/([\w-]+\.css)"/g)].map((m) => m[1]!);

/** The class that each rule begins at: .who of ".who b", not of ".ppl .who". */
const begins = (css: string) => [...css.matchAll(/(?:^|[{},])\s*\.([a-zA-Z][\w-]*)/g)].map((m) => m[1]!);

// The theatre's style comes while somebody looks at the first screens. A class that both know would change under their
// eyes: it did once, and the landing jumped.
test('the theatre\'s style changes nothing on the screens before it', () => {
  const before = new Set(['house.css', 'lobby.css'].flatMap((f) => begins(read(f))));
  expect(before.size).toBeGreaterThan(30);
  const shared = files('evening.css').flatMap((f) => begins(read(f)).filter((c) => before.has(c)).map((c) => `${f}: .${c}`));
  expect([...new Set(shared)]).toEqual([]);
});
