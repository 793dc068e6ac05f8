import { beforeEach, expect, test, vi } from 'vitest';
import { agree, player, startFilm, unagreed } from './film';
import { aView } from './fixture';
import { startParty, takeSeat } from './party';
import type { Media, View } from './peer';
import { chatOnly, seatWanted, view } from './store';

let id = 0;
const film = (url: string): Media => ({ ...aView().media!, id: ++id, url });
const site = (n: number) => `https://site${n}.example`; // a new one for each test: what one agreed to is kept
const is = (phase: View['phase'], media: Media | null, role: View['role'] = 'guest') => { view.value = aView({ phase, media, role }); };

let loads: unknown[];
const load = vi.spyOn(player, 'load');
startParty();
startFilm();
beforeEach(() => {
  chatOnly.value = seatWanted.value = false;
  is('connecting', null);
  loads = [];
  load.mockReset().mockImplementation((s) => { loads.push(s); });
});

test('who sits down agrees to the site that the ticket names, and to no other', () => {
  const first = film(`${site(1)}/a.mp4`), same = film(`${site(1)}/b.mp4`), other = film(`${site(2)}/a.mp4`);
  is('lobby', first);
  expect(loads).toEqual([]);
  takeSeat();
  is('theatre', first);
  is('theatre', same);
  expect(loads).toEqual([first.url, same.url]);
  is('theatre', other);
  expect(loads).toHaveLength(2);
  expect(unagreed.value).toBe(other);
  agree(other);
  expect(loads.at(-1)).toBe(other.url);
  expect(unagreed.value).toBeNull();
  is('theatre', first);
  is('theatre', other);
  expect(loads).toEqual([first.url, same.url, other.url, first.url, other.url]);
});

test('who saw no film before the door opened is asked', () => {
  for (const before of ['connecting', 'knocking'] as const) {
    const m = film(`${site(3)}/${before}.mp4`);
    is(before, null);
    takeSeat();
    is('theatre', m);
    expect(loads).toEqual([]);
    expect(unagreed.value).toBe(m);
  }
});

test('one may not agree to a site by a tap that names another', () => {
  const shown = film(`${site(4)}/a.mp4`), on = film(`${site(5)}/a.mp4`);
  is('theatre', on);
  agree(shown);
  expect(loads).toEqual([]);
  expect(unagreed.value).toBe(on);
});

test('the page\'s own films, and what a host chose, are not asked about', () => {
  const own = film(`${location.origin}/sample/a.mp4`), chosen = film(`${site(6)}/a.mp4`);
  is('theatre', own);
  is('theatre', chosen, 'host');
  expect(loads).toEqual([own.url, chosen.url]);
});

test('a screen for the chat alone asks when the film is to be shown on it', () => {
  const m = film(`${site(7)}/a.mp4`);
  chatOnly.value = true;
  is('theatre', m);
  expect(unagreed.value).toBeNull();
  chatOnly.value = false;
  expect(unagreed.value).toBe(m);
  expect(loads).toEqual([]);
});
