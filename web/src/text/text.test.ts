import { readdirSync, readFileSync } from 'node:fs';
import { parts } from 'toile:languages';
import { offline } from 'toile:offline';
import { describe, expect, test } from 'vitest';
import { codes, known } from '../codes';
import { chooseLanguage } from './choose';
import { inside, lang, languages, setLanguage, speak, t } from './index';
import { narrow } from './narrow';

const said = async (l: string) => ({ first: (await parts[l]!.first()).first, inside: (await parts[l]!.inside()).inside, offline: offline[l]! });
const en = await said('en');

test('the languages are those that there is a file for', () => {
  expect(languages).toEqual(readdirSync('src/text/languages').map((f) => f.replace('.ts', '')));
  expect(languages).toEqual(expect.arrayContaining(['en', 'fr']));
});

describe.each(await Promise.all(languages.map(async (l) => [l, await said(l)] as const)))('%s', (l, words) => {
  test.each(codes)('%s says what happened and what to do', (code) => {
    const { title, text } = words.first.codes[code];
    expect(title).toMatch(/^\p{Lu}.{4,}[^.]$/u);
    expect(text).toMatch(/^\p{Lu}.{20,}\.$/su);
    expect(text).not.toBe(title);
  });

  test('no code has the sentence of another', () => {
    const titles = codes.filter((c) => c !== 'not-allowed').map((c) => words.first.codes[c].title);
    expect(new Set(titles).size).toBe(titles.length);
  });

  test('says all that English says, and nothing is empty', () => {
    const keys = (w: unknown) => flat(w).map(([key]) => key).sort();
    expect(keys(words)).toEqual(keys(en));
    for (const [key, text] of flat(words)) expect(text, key).toMatch(/\S/);
  });

  test('says it in words of its own', () => {
    if (l === 'en') return;
    for (const code of codes) expect(words.first.codes[code].title).not.toBe(en.first.codes[code].title);
  });

  test('knows what emoji are called', async () => {
    const all = (await (await parts[l]!.inside()).emoji()).default;
    expect(all.find((e) => e.unicode === '🍿')?.label).toMatch(/\S/);
  });
});

test('every word is said somewhere on the page', () => {
  const source = readdirSync('src', { recursive: true, encoding: 'utf8' })
    .filter((f) => /\.tsx?$/.test(f) && !f.includes('.test.') && !f.startsWith('text/languages/')).map((f) => readFileSync(`src/${f}`, 'utf8')).join('\n');
  // What is looked up by a value: a code, a hue, a state, a rule, a size.
  const byValue = /^\.(first\.(codes|me\.hues)|inside\.(sync|chat|talk\.(groups|reactions)|roster\.(device|state)|rules\.(drive|wait)\w*|rules\.now|became|captions\.(sizes|looks)))\./;
  const unused = flat({ first: en.first, inside: en.inside }).map(([path]) => path).filter((path) => !byValue.test(path))
    .filter((path) => !new RegExp(`[.']${path.replace(/\.\d+$/, '').split('.').at(-1)}\\b`).test(source));
  expect(unused).toEqual([]);
});

test('what stands in for the page has a place for all that is said without a network', () => {
  const places = [...readFileSync('public/offline.html', 'utf8').matchAll(/data-say="(\w+)"/g)].map((m) => m[1]);
  expect(places).toEqual(Object.keys(en.offline));
});

test('French has a narrow space before its high marks, also round what is filled in', async () => {
  const fr = await said('fr');
  for (const [key, text] of flat(fr)) expect(text, key).not.toMatch(/ [?!:;»]|« /);
  expect(fr.first.me.placeholder).toBe('Comment vous appelle-t-on\u202f?');
  expect(fr.inside.player.pickText('film.mkv', '1 Go')).toContain('«\u202ffilm.mkv\u202f»');
  expect(narrow(['Oui !'])).toEqual(['Oui\u202f!']);
});

test.each([
  ['?lang=fr', 'en', ['en-GB'], 'fr'],
  ['', 'fr', ['en-GB'], 'fr'],
  ['', null, ['de', 'fr-CA', 'en'], 'fr'],
  ['', null, ['de'], 'en'],
  ['?lang=xx', null, ['fr'], 'fr'],
  ['', null, ['pt-br'], 'pt-BR'],
  ['', null, ['pt-PT', 'fr'], 'fr'],
])('the address %s, then what was chosen (%s), then the browser (%s) say the language', (search, stored, wanted, want) => {
  expect(chooseLanguage(['en', 'fr', 'pt-BR'], search, stored, wanted)).toBe(want);
});

test('a language that was chosen is remembered, and spoken inside too', async () => {
  setLanguage('fr');
  await speak('fr');
  expect([lang(), t().language, inside().captions.title, localStorage.getItem('toile.lang')]).toEqual(['fr', 'Langue', 'Sous-titres', 'fr']);
});

test('the language that was asked for last is spoken, whichever comes last', async () => {
  const slow = speak('fr');
  await speak('en');
  await slow;
  expect([lang(), t().language]).toEqual(['en', 'Language']);
});

test('a language that does not come leaves the one that is spoken', async () => {
  await speak('fr');
  await expect(speak('xx')).rejects.toThrow('undefined');
  expect([lang(), t().language]).toEqual(['fr', 'Langue']);
});

test('a code of a newer peer still gives a sentence', () => {
  expect(known('something-new')).toBe('protocol');
  expect(known('party-over')).toBe('party-over');
});

/** Every string with its path; functions are asked with something of each kind. */
function flat(value: unknown, path = ''): [string, string][] {
  if (typeof value === 'string') return [[path, value]];
  if (typeof value === 'function') {
    const asked: unknown[] = /here$|drivers$|missing$|writing$|player\.waiting$/.test(path) ? [['Ana'], 1] : /left|unread/.test(path) || path.endsWith('.ms') ? [2] : ['a', 'b'];
    return [[path, String((value as (...a: unknown[]) => unknown)(...asked))]];
  }
  return Object.entries(value as object).flatMap(([k, v]) => flat(v, `${path}.${k}`));
}
