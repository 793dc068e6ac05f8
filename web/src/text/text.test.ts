import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { codes, known } from '../codes';
import { en } from './en';
import { fr } from './fr';
import { insideWords } from './inside';
import { chooseLanguage, lang, narrow, setLanguage, speak, t } from './index';

const spoken = { en, fr: narrow(fr) };

describe.each(Object.entries(spoken))('%s', (_, words) => {
  test.each(codes)('%s says what happened and what to do', (code) => {
    const { title, text } = words.codes[code];
    expect(title).toMatch(/^\p{Lu}.{4,}[^.]$/u);
    expect(text).toMatch(/^\p{Lu}.{20,}\.$/su);
    expect(text).not.toBe(title);
  });

  test('nothing is empty, and nobody forgot a value', () => {
    for (const [key, text] of flat(words)) expect(text, key).toMatch(/\S/);
  });
});

test('both languages say the same things, each in its own words', () => {
  const [a, b] = [new Map(flat(spoken.en)), new Map(flat(spoken.fr))];
  expect([...b.keys()].sort()).toEqual([...a.keys()].sort());
  for (const code of codes) expect(spoken.fr.codes[code].title).not.toBe(spoken.en.codes[code].title);
});

test('every word is said somewhere on the page', () => {
  const source = readdirSync('src', { recursive: true, encoding: 'utf8' })
    .filter((f) => /\.tsx?$/.test(f) && !f.includes('.test.') && !/^text\/(inside\.)?(en|fr)\.ts$/.test(f)).map((f) => readFileSync(`src/${f}`, 'utf8')).join('\n');
  // What is looked up by a value: a code, a hue, a state, a rule.
  const unused = flat(spoken.en).map(([path]) => path).filter((path) => !/^\.(codes|me\.hues|sync|chat|people)\./.test(path))
    .filter((path) => !new RegExp(`\\.${path.replace(/\.\d+$/, '').split('.').at(-1)}\\b`).test(source));
  expect(unused).toEqual([]);
});

test('what is said inside is said in both languages, in words of its own, with French spaces', () => {
  const [a, b] = [new Map(flat(insideWords.en)), new Map(flat(insideWords.fr))];
  expect([...b.keys()].sort()).toEqual([...a.keys()].sort());
  for (const [key, text] of [...a, ...b]) expect(text, key).toMatch(/\S/);
  for (const [key, text] of b) expect(text, key).not.toMatch(/ [?!:;»]|« /);
  const source = readdirSync('src', { recursive: true, encoding: 'utf8' })
    .filter((f) => /\.tsx?$/.test(f) && !f.includes('.test.') && !f.startsWith('text/')).map((f) => readFileSync(`src/${f}`, 'utf8')).join('\n');
  // What is looked up by a value: a device, a state, a rule, a size.
  const unused = [...a.keys()].filter((path) => !/^\.(talk\.(groups|reactions)\.|roster\.(device|state)|rules\.(drive|wait)|rules\.now|became|captions\.sizes)/.test(path))
    .filter((path) => !new RegExp(`\\.${path.split('.').at(-1)}\\b`).test(source));
  expect(unused).toEqual([]);
});

test('no code has the sentence of another', () => {
  for (const words of Object.values(spoken)) {
    const titles = codes.filter((c) => c !== 'not-allowed').map((c) => words.codes[c].title);
    expect(new Set(titles).size).toBe(titles.length);
  }
});

test('French has a narrow space before its high marks, also round what is filled in', () => {
  for (const [key, text] of flat(spoken.fr)) expect(text, key).not.toMatch(/ [?!:;»]|« /);
  expect(spoken.fr.me.placeholder).toBe('Comment vous appelle-t-on\u202f?');
  expect(spoken.fr.player.pickText('film.mkv', '1 Go')).toContain('«\u202ffilm.mkv\u202f»');
});

test.each([
  ['?lang=fr', 'en', ['en-GB'], 'fr'],
  ['', 'fr', ['en-GB'], 'fr'],
  ['', null, ['de', 'fr-CA', 'en'], 'fr'],
  ['', null, ['de'], 'en'],
  ['?lang=xx', null, ['fr'], 'fr'],
])('the address %s, then what was chosen (%s), then the browser (%s) say the language', (search, stored, wanted, want) => {
  expect(chooseLanguage(search, stored, wanted)).toBe(want);
});

test('a language that was chosen is remembered', async () => {
  setLanguage('fr');
  await speak('fr');
  expect([lang(), t().language, localStorage.getItem('toile.lang')]).toEqual(['fr', 'Langue', 'fr']);
});

test('a code of a newer peer still gives a sentence', () => {
  expect(known('something-new')).toBe('protocol');
  expect(known('party-over')).toBe('party-over');
});

/** Every string with its path; functions are asked with something of each kind. */
function flat(value: unknown, path = ''): [string, string][] {
  if (typeof value === 'string') return [[path, value]];
  if (typeof value === 'function') {
    const asked: unknown[] = /here$|drivers$|missing$|writing$/.test(path) ? [['Ana'], 1] : /left|unread/.test(path) || path.endsWith('.ms') ? [2] : ['a', 'b'];
    return [[path, String((value as (...a: unknown[]) => unknown)(...asked))]];
  }
  return Object.entries(value as object).flatMap(([k, v]) => flat(v, `${path}.${k}`));
}
