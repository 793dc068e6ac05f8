import { expect, test } from 'vitest';
import { clockTime, fileSize, lister, ms, plural, speed } from './format';

test.each([
  [0, '0:00'], [4.99, '0:04'], [260, '4:20'], [3600, '1:00:00'], [3864.2, '1:04:24'], [-3, '0:00'], [NaN, '–:––'], [Infinity, '–:––'],
  [59.9999999, '1:00'], // a decimal's rounding error is no second
])('a position of %f s reads %s', (seconds, want) => { expect(clockTime(seconds)).toBe(want); });

test('a duration is rounded to what can be believed', () => {
  expect(ms('en', 8)).toBe('8\u00a0ms');
  expect(ms('en', 999.6)).toBe('1\u00a0s');
  expect(ms('fr', 1340)).toBe('1,3\u00a0s');
  expect(ms('en', -41, 'exceptZero')).toBe('−41\u00a0ms');
  expect(ms('en', 41, 'exceptZero')).toBe('+41\u00a0ms');
  expect(ms('en', -0, 'exceptZero')).toBe('0\u00a0ms');
});

test('sizes are told in the language of the reader', () => {
  expect(fileSize('en', 22_718_509)).toBe('22.7 MB');
  expect(fileSize('fr', 1_430_000_000).replace(/\s/, ' ')).toBe('1,4 Go');
  expect(fileSize('en', 0)).toBe('');
});

test('a speed', () => {
  expect(speed('en', 1.25)).toBe('1.25×');
  expect(speed('fr', 1.5)).toBe('1,5×');
});

test('French counts nought as one', () => {
  const forms = { one: 'one', other: 'other' };
  expect([0, 1, 2].map((n) => plural('fr')(n, forms))).toEqual(['one', 'one', 'other']);
  expect([0, 1, 2].map((n) => plural('en')(n, forms))).toEqual(['other', 'one', 'other']);
});

test('a list tells how many are not named', () => {
  const plain = (s: string) => s.replace(/[\u2068\u2069]/g, '');
  const en = lister('en', (more) => `${more} others`);
  const fr = lister('fr', (more) => `${more} autre`);
  expect(plain(fr(['Ana', 'Luc', 'Mehdi'], 3))).toBe('Ana, Luc et Mehdi');
  expect(plain(en(['Ana', 'Luc'], 5))).toBe('Ana, Luc, and 3 others');
  expect(plain(fr(['Ana', 'Luc'], 3))).toBe('Ana, Luc et 1 autre');
});
