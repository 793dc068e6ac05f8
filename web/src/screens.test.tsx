import { render } from 'preact';
import { act } from 'preact/test-utils';
import { readdirSync, readFileSync } from 'node:fs';
import { beforeEach, expect, test, vi } from 'vitest';
import { sentence } from './chat';
import { isLoneEmoji } from './chat/lone';
import { codes } from './codes';
import { compare } from './film';
import { aLine, aView } from './fixture';
import { Lobby } from './lobby';
import { Ended } from './message';
import { Language } from './parts/common';
import { parse } from './parts/icon';
import { qrPath } from './qr';
import { seatWanted, trouble, view, wasInside } from './store';
import { lang, speak } from './text';

let place: HTMLElement;
beforeEach(() => {
  place = document.createElement('div');
  document.body.replaceChildren(place);
  trouble.value = '';
});

test.each(codes)('%s has a screen of its own in both languages', async (code) => {
  view.value = aView({ phase: 'ended', code });
  const said = [];
  for (const l of ['en', 'fr'] as const) {
    await speak(l);
    await act(() => render(<Ended />, place));
    const shown = place.querySelector('[data-test=error], [data-test=ended]')!;
    said.push(shown.querySelector('h1')!.textContent);
    expect(shown.querySelector('p')!.textContent).toMatch(/\S{3}/);
    expect(shown.querySelectorAll('button').length).toBeGreaterThan(0);
  }
  expect(said[0]).not.toBe(said[1]);
});

test('an end after an evening is a farewell, a shut door is not', async () => {
  await speak('en');
  view.value = aView({ phase: 'ended', code: 'party-over' });
  await act(() => render(<Ended />, place));
  expect(place.querySelector('[data-test=error]')).not.toBeNull();
  wasInside.value = true;
  await act(() => render(<Ended />, place));
  expect(place.querySelector('[data-test=ended]')!.textContent).toMatch(/host closed/i);
});

test('a few languages stand side by side, and more are a list by their own names', async () => {
  await speak('en');
  await act(() => render(<Language all={['en', 'fr', 'de']} />, place));
  expect([...place.querySelectorAll('button')].map((b) => [b.textContent, b.getAttribute('aria-pressed')])).toEqual([['EN', 'true'], ['FR', 'false'], ['DE', 'false']]);
  await act(() => render(<Language all={['de', 'en', 'fr', 'pt-BR']} />, place));
  const list = place.querySelector('select')!;
  expect([...list.options].map((o) => o.textContent)).toEqual(['Deutsch', 'English', 'français', 'português (Brasil)']);
  list.value = 'fr';
  await act(() => { list.dispatchEvent(new Event('change')); });
  await vi.waitFor(() => expect(lang()).toBe('fr'));
});

test('who knocks is told what they wait for, and cannot knock twice', async () => {
  view.value = aView({ phase: 'knocking', media: null, people: [] });
  for (const [l, said] of [['en', /host knows/], ['fr', /L’hôte sait/]] as const) {
    await speak(l);
    await act(() => render(<Lobby />, place));
    expect(place.querySelector('[data-test=at-door]')!.textContent).toMatch(said);
    expect(place.querySelector('[data-test=take-seat]')!.getAttribute('aria-disabled')).toBe('true');
    seatWanted.value = false;
    place.querySelector('form')!.dispatchEvent(new Event('submit', { cancelable: true }));
    expect(seatWanted.value).toBe(false);
  }
  view.value = aView({ phase: 'lobby' });
  await act(() => render(<Lobby />, place));
  expect(place.querySelector('[data-test=take-seat]')!.getAttribute('aria-disabled')).not.toBe('true');
});

test('who is there before the host is told so, may say their name already, and may give up', async () => {
  view.value = aView({ phase: 'connecting', code: 'host-away', media: null, people: [] });
  for (const [l, said] of [['en', /not here yet/], ['fr', /pas encore là/]] as const) {
    await speak(l);
    await act(() => render(<Lobby />, place));
    expect(place.querySelector('h1')!.textContent).toMatch(said);
    expect(place.querySelector('[data-test=host-away]')!.textContent).toMatch(/\S{3}/);
    expect(place.querySelector('[data-test=give-up]')).not.toBeNull();
    expect(place.querySelector('[data-test=take-seat]')!.getAttribute('aria-disabled')).not.toBe('true');
  }
  view.value = aView({ phase: 'connecting' });
  await act(() => render(<Lobby />, place));
  expect(place.querySelector('[data-test=give-up]')).toBeNull();
});

test('markup in a name or a title stays text', async () => {
  const evil = '<img src=x onerror=alert(1)>';
  view.value = aView({ phase: 'lobby', media: { ...aView().media!, title: evil }, people: [{ ...aView().people[0]!, name: evil }] });
  await act(() => render(<Lobby />, place));
  expect(place.querySelector('img')).toBeNull();
  expect(place.textContent).toContain(evil);
});

test('what happened is told in words', async () => {
  await speak('fr');
  const line = aLine({ who: 1, name: 'Zoé', position: 238, value: 252 });
  const plain = (s: string) => s.replace(/[\u2068\u2069]/g, '');
  expect(plain(sentence({ ...line, kind: 'paused' }))).toBe('Zoé a mis en pause à 3:58');
  expect(plain(sentence({ ...line, kind: 'sought' }))).toBe('Zoé a sauté à 4:12');
  await speak('en');
  expect(plain(sentence({ ...line, kind: 'rated', value: 1.25 }))).toBe('Zoé set the speed to 1.25×');
});

test.each([
  ['🐦👑', true], ['👩‍🚀', true], ['🇫🇷', true], ['❤️ ❤️', true], ['👍🏽', true],
  ['7', false], ['ok 👍', false], ['', false], ['   ', false], ['🔥🔥🔥🔥🔥🔥🔥', false],
])('%s alone is big: %s', (text, want) => { expect(isLoneEmoji(text)).toBe(want); });

test('a copy is compared with the host\'s by its length, else by its size', () => {
  expect(compare({ size: 100, duration: 60 }, 100, 60.5)).toBeNull();
  expect(compare({ size: 100, duration: 60 }, 90, 60)).toEqual({ kind: 'size', mine: 90, theirs: 100 });
  expect(compare({ size: 100, duration: 60 }, 90, 70)).toEqual({ kind: 'length', mine: 70, theirs: 60 });
  expect(compare({ size: 0, duration: 0 }, 90, NaN)).toBeNull();
});

test('an icon becomes shapes', () => {
  expect(parse('<!-- c --><svg\n width="24"><path d="M1 2" /><circle\n cx="1" cy="2" r="3"/></svg>'))
    .toEqual([['path', { d: 'M1 2' }], ['circle', { cx: '1', cy: '2', r: '3' }]]);
});

test('a QR code is one path of runs', () => {
  const { size, d } = qrPath('https://toile.example/#AQ');
  expect(size).toBe(25);
  expect(d).toMatch(/^M0 0h7v1h-7z/); // the first corner's upper edge
});

test('only the player touches a media element, and nothing writes markup', () => {
  const files = readdirSync('src', { recursive: true, encoding: 'utf8' }).filter((f) => /\.tsx?$/.test(f) && !f.includes('.test.'));
  for (const f of files) {
    expect(readFileSync(`src/${f}`, 'utf8'), f).not.toMatch(/innerHTML|insertAdjacentHTML|document\.write\(/);
  }
  for (const f of files.filter((f) => f !== 'player.ts' && !f.startsWith('player/'))) {
    expect(readFileSync(`src/${f}`, 'utf8'), f).not.toMatch(/HTML(Video|Media)Element\b(?!\.canPlayType)|createElement\('video'\)|<video/);
  }
});
