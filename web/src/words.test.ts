import { expect, test } from 'vitest';
import { codes, known } from './codes';
import { clockTime, fileSize, list, ms, plural } from './format';
import { chooseLanguage, lang, narrow, setLanguage, speak, t, type Dictionary } from './text';
import { en } from './text/en';
import { fr } from './text/fr';

const dictionaries: Record<'en' | 'fr', Dictionary> = { en, fr: narrow(fr) };

/** Every path to a word in a dictionary. */
function paths(value: unknown, at = ''): string[] {
  if (typeof value !== 'object' || value === null) return [at];
  return Object.entries(value).flatMap(([k, v]) => paths(v, `${at}.${k}`));
}

function* texts(value: unknown): Generator<string> {
  if (typeof value === 'string') yield value;
  else if (typeof value === 'object' && value !== null) for (const v of Object.values(value)) yield* texts(v);
}

test('both languages say the same things', () => {
  expect(paths(dictionaries.fr).sort()).toEqual(paths(dictionaries.en).sort());
});

test('nothing is left unsaid', () => {
  for (const d of Object.values(dictionaries)) for (const s of texts(d)) expect(s.trim()).not.toBe('');
});

test('every code has a heading and what to do, in both languages, and no two are alike', () => {
  for (const d of Object.values(dictionaries)) {
    const said = codes.map((c) => d.codes[c]);
    for (const s of said) {
      expect(s.title.length).toBeGreaterThan(5);
      expect(s.text).toMatch(/[.!?…]$/);
    }
    expect(new Set(said.map((s) => s.text)).size).toBe(codes.length);
  }
  for (const c of codes) expect(dictionaries.fr.codes[c].text).not.toBe(dictionaries.en.codes[c].text);
});

test('a code of a newer peer still gives a sentence', () => {
  expect(known('something-new')).toBe('protocol');
  expect(known('party-over')).toBe('party-over');
});

test('French sets no-break spaces before its high marks', () => {
  for (const s of texts(dictionaries.fr)) expect(s).not.toMatch(/ [?!:;»]|« /);
});

test('the language is the one asked for, then the remembered, then the browser’s', () => {
  expect(chooseLanguage('?lang=fr', 'en', ['en-GB'])).toBe('fr');
  expect(chooseLanguage('', 'fr', ['en-GB'])).toBe('fr');
  expect(chooseLanguage('', null, ['de', 'fr-CA', 'en'])).toBe('fr');
  expect(chooseLanguage('?lang=xx', null, ['ja'])).toBe('en');
});

test('switching the language is remembered', async () => {
  setLanguage('fr');
  await speak('fr');
  expect(t().languageName).toBe(fr.languageName);
  expect(lang()).toBe('fr');
  expect(localStorage.getItem('toile.lang')).toBe('fr');
});

test('times, sizes and names are written as people do', () => {
  expect([0, 59.99, 260, 3860, NaN, Infinity].map(clockTime)).toEqual(['0:00', '0:59', '4:20', '1:04:20', '–:––', '–:––']);
  expect(ms('en', 8.4)).toBe('8\u202fms');
  expect(ms('fr', 1300)).toBe('1,3\u202fs');
  expect(fileSize('en', 22718509)).toMatch(/22\.7\sMB/);
  expect(fileSize('fr', 22718509)).toMatch(/22,7\sMo/);
  expect(fileSize('en', 0)).toBe('');
  const bare = (s: string) => s.replace(/[\u2068\u2069]/g, '');
  expect(bare(list('en', ['Ana', 'Luc'], 2))).toBe('Ana and Luc');
  expect(bare(list('fr', ['Ana', 'Luc'], 5))).toBe('Ana, Luc et 3 autres');
});

test('French counts none as one', () => {
  const forms = { one: 'personne', other: 'personnes' };
  expect([0, 1, 2].map((n) => plural('fr')(n, forms))).toEqual(['personne', 'personne', 'personnes']);
  expect([0, 1, 2].map((n) => plural('en')(n, { one: 'person', other: 'people' }))).toEqual(['people', 'person', 'people']);
});
