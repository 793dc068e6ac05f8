import { createHash } from 'node:crypto';
import { readFileSync, existsSync } from 'node:fs';
import { expect, test } from 'vitest';

const read = (name: string) => readFileSync(`public/${name}`, 'utf8');

test('the worker is installed anew when what it keeps has changed', () => {
  const worker = read('sw.js');
  const kept = [...worker.matchAll(/'\/(offline\.\w+)'/g)].map((m) => m[1]!);
  expect(kept).toEqual(['offline.html', 'offline.css', 'offline.js']);
  const hash = createHash('sha256');
  for (const name of kept) hash.update(read(name));
  expect(worker).toContain(`const edition = '${hash.digest('hex').slice(0, 12)}'`);
});

test('the worker stores nothing that was asked for', () => {
  expect(read('sw.js').match(/\.(put|add|addAll)\(/g)).toEqual(['.addAll(']);
});

test('what stands in for the page says the same in each language', () => {
  const page = new DOMParser().parseFromString(read('offline.html').replace(/.*<body>/s, ''), 'text/html');
  const said = [...page.querySelectorAll('section')];
  expect(said.map((s) => s.lang)).toEqual(['en', 'fr']);
  const shape = (s: Element) => [...s.children].map((e) => e.tagName);
  expect(shape(said[1]!)).toEqual(shape(said[0]!));
  for (const s of said) for (const e of s.children) expect(e.textContent).toMatch(/\S{3}/);
  expect(said[1]!.textContent).not.toMatch(/ [?!:;]/);
});

test('every picture that the manifest names is there, in the size that it says', () => {
  const manifest = JSON.parse(read('manifest.webmanifest')) as { icons: { src: string; sizes: string }[] };
  for (const { src, sizes } of manifest.icons) {
    expect(existsSync(`public${src}`), src).toBe(true);
    const png = readFileSync(`public${src}`);
    expect(`${png.readUInt32BE(16)}x${png.readUInt32BE(20)}`).toBe(sizes); // the header chunk: PNG section 11.2.1
  }
});
