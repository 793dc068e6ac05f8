import { readFileSync, existsSync } from 'node:fs';
import { expect, test } from 'vitest';

const read = (name: string) => readFileSync(`public/${name}`, 'utf8');

test('the worker stores nothing that was asked for', () => {
  expect(read('sw.js').match(/\.(put|add|addAll)\(/g)).toEqual(['.addAll(']);
});

test('every picture that the manifest names is there, in the size that it says', () => {
  const manifest = JSON.parse(read('manifest.webmanifest')) as { icons: { src: string; sizes: string }[] };
  for (const { src, sizes } of manifest.icons) {
    expect(existsSync(`public${src}`), src).toBe(true);
    const png = readFileSync(`public${src}`);
    expect(`${png.readUInt32BE(16)}x${png.readUInt32BE(20)}`).toBe(sizes); // the header chunk: PNG section 11.2.1
  }
});
