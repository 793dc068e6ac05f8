import { expect, test } from 'vitest';
import { called, calling, split, type Part } from './parts';
import { search } from './picker';
import { lane } from './reactions';

const people = [{ id: 1, name: 'Ana' }, { id: 2, name: 'Ana Lucía' }, { id: 3, name: 'Zoé' }, { id: 4, name: '张伟' }];
const shape = (text: string, duration = 7200) => split(text, people, duration).map((p) => p.kind === 'text' ? p.text : `[${p.kind} ${p.text}]`).join('');

test.each([
  ['see https://example.org/a?b=c#d.', 'see [link https://example.org/a?b=c#d].'],
  ['(https://en.wikipedia.org/wiki/Big_(film))', '([link https://en.wikipedia.org/wiki/Big_(film)])'],
  ['«https://example.org»', '«[link https://example.org]»'],
  ['http://example.org', 'http://example.org'],
  ['javascript:alert(1) data:text/html,x', 'javascript:alert(1) data:text/html,x'],
  ['https://paypal.com@evil.example/', 'https://paypal.com@evil.example/'],
  ['https://localhost/x', 'https://localhost/x'],
  ['xhttps://example.org', 'xhttps://example.org'],
  ['https://example.org/12:03', '[link https://example.org/12:03]'],
  ['<a href="https://example.org">', '<a href="[link https://example.org]">'],
])('links: %s', (text, want) => expect(shape(text)).toBe(want));

test.each([
  ['at 12:03!', 'at [moment 12:03]!'],
  ['1:02:03 and 0:07', '[moment 1:02:03] and [moment 0:07]'],
  ['12:3 12:60 123:00 1:2:3', '12:3 12:60 123:00 1:2:3'],
  ['a1:20 1:20b 1.1:20 2:20.5', 'a1:20 1:20b 1.1:20 2:20.5'],
  ['192:168:1:20', '192:168:1:20'],
  ['(4:20), 4:20.', '([moment 4:20]), [moment 4:20].'],
])('moments: %s', (text, want) => expect(shape(text)).toBe(want));

test('a time beyond the end of the film is a time of day', () => {
  expect(shape('20:15', 600)).toBe('20:15');
  expect(shape('20:15', NaN)).toBe('[moment 20:15]');
  expect(split('1:02:03', [], 0)).toEqual([{ kind: 'moment', text: '1:02:03', at: 3723 }]);
});

test.each([
  ['@Ana hi', '[mention @Ana] hi'],
  ['hi @ana lucía!', 'hi [mention @ana lucía]!'],
  ['@Anatole', '@Anatole'],
  ['mail@Ana', 'mail@Ana'],
  ['@Zoe @Zoé', '@Zoe [mention @Zoé]'],
  ['@张伟，看', '[mention @张伟]，看'],
  ['@', '@'],
])('names: %s', (text, want) => expect(shape(text)).toBe(want));

test('no text is lost, whatever it is', () => {
  for (const text of ['', ' ', '\u202Eabc @Ana\u202C', 'https://', '@@Ana', '::1:20', '💥https://x.y', 'a\u0000b', '1:20'.repeat(100)]) {
    expect(split(text, people, 0).map((p: Part) => p.text).join('')).toBe(text);
  }
});

test('whoever is being called is found by the beginning of any word, with or without accents', () => {
  expect(calling('hello @zo', 9)).toEqual({ from: 6, name: 'zo' });
  expect(calling('@', 1)).toEqual({ from: 0, name: '' });
  expect(calling('mail@zo', 7)).toBeNull();
  expect(calling('@zo and more', 3)).toEqual({ from: 0, name: 'zo' });
  expect(called('zoe', people).map((p) => p.id)).toEqual([3]);
  expect(called('luc', people).map((p) => p.id)).toEqual([2]);
  expect(called('ana l', people).map((p) => p.id)).toEqual([2]);
  expect(called('', people)).toHaveLength(4);
});

test('the search for an emoji puts what is called so before what only is about it', () => {
  const all = [{ unicode: '🎬', label: 'clapper board', tags: ['movie'] }, { unicode: '🍿', label: 'popcorn', tags: ['movie', 'corn'] }, { unicode: '🌽', label: 'ear of corn', tags: ['maize'] }];
  expect(search(all, 'popcorn').map((e) => e.unicode)).toEqual(['🍿']);
  expect(search(all, 'Corn').map((e) => e.unicode)).toEqual(['🍿', '🌽']);
  expect(search(all, 'mov').map((e) => e.unicode)).toEqual(['🎬', '🍿']);
  expect(search(all, 'é')).toEqual(search(all, 'e'));
});

test('reactions do not hide one another', () => {
  for (let id = 1; id < 50; id++) expect(Math.abs(lane(id) - lane(id + 1))).toBeGreaterThan(0.2);
});
