import { afterEach, expect, test, vi } from 'vitest';
import { complete, judge, titleOf } from './address';
import { explain, isContainer } from './failure';
import { forgetInvitation, invitationLink, takeInvitation } from './invitation';
import type { Line, View } from './peer';
import { positionAt, saidByOthers } from './store';

afterEach(() => { vi.restoreAllMocks(); });

test('the invitation leaves the address bar and comes back as a link', () => {
  forgetInvitation();
  history.replaceState(null, '', '/?lang=fr#AQabc');
  expect(takeInvitation()).toBe('AQabc');
  expect(location.hash).toBe('');
  expect(location.search).toBe('?lang=fr');
  expect(takeInvitation()).toBe('AQabc'); // a reload of the tab
  expect(invitationLink('AQabc')).toBe(`${location.origin}/#AQabc`);
  forgetInvitation();
  expect(takeInvitation()).toBe('');
});

test('a film may come from the open Internet by https, or from the page’s own site', () => {
  const base = 'https://toile.example/';
  for (const [address, want] of [
    ['https://films.example/a.mp4', 'ok'], ['/sample/a.mp4', 'ok'],
    ['http://films.example/a.mp4', 'insecure'], ['https://192.168.1.1/a.mp4', 'insecure'], ['https://localhost/a.mp4', 'insecure'],
    ['https://[::1]/a.mp4', 'insecure'], ['https://[fd00::1]/a.mp4', 'insecure'], ['https://100.64.0.1/a', 'insecure'],
    ['https://nas.local/a.mp4', 'insecure'], ['https://0x7f.1/a.mp4', 'insecure'],
    ['javascript:alert(1)', 'bad'], ['data:video/mp4,x', 'bad'], ['file:///etc/passwd', 'bad'],
    ['https://u:p@films.example/a.mp4', 'bad'], [`https://films.example/${'a'.repeat(2050)}`, 'bad'], ['https://', 'bad'],
  ] as const) expect([address, judge(address, base)]).toEqual([address, want]);
});

test('addresses are completed and read', () => {
  expect(complete(' films.example/a.mp4 ')).toBe('https://films.example/a.mp4');
  expect(complete('http://films.example/a.mp4')).toBe('http://films.example/a.mp4');
  expect(titleOf('https://films.example/Big_Buck%20Bunny.mp4?x=1')).toBe('Big Buck Bunny');
});

test('the film’s place follows the timeline and stops at its end', () => {
  const view = { timeline: { position: 10, rate: 2, at: 1000, speed: 2, resuming: false } } as View;
  expect(positionAt(view, 500, 100)).toBe(10); // it has not begun yet
  expect(positionAt(view, 3000, 100)).toBe(14);
  expect(positionAt(view, 1e6, 100)).toBe(100);
});

test('unread counts what others said, and no notices', () => {
  const line = (kind: Line['kind'], mine: boolean) => ({ kind, mine }) as Line;
  expect(saidByOthers([line('text', false), line('text', true), line('joined', false)])).toBe(1);
});

const failure = (code: number, message = '') => ({ code, message });

test('a film of the page’s own site is asked why it does not play', async () => {
  for (const [response, want] of [
    [new Response('', { status: 404 }), 'film-not-found'],
    [new Response('', { status: 503 }), 'film-network'],
    [new Response('<!doctype html><p>no film'), 'film-not-a-film'],
    [new Response(new Uint8Array([0, 0, 0, 32, ...new TextEncoder().encode('ftypisom')])), 'film-codec'],
  ] as const) {
    vi.spyOn(globalThis, 'fetch').mockResolvedValueOnce(response);
    expect(await explain(failure(4), `${location.origin}/a.mp4`, () => '')).toBe(want);
  }
});

test('for a film of another site its words and its address must do', async () => {
  const ask = (address: string, message = '') => explain(failure(4, message), address, () => '');
  expect(await ask('https://films.example/a.mp4', '404: Not Found')).toBe('film-not-found');
  expect(await ask('https://films.example/a.mp4', 'DEMUXER_ERROR_NO_SUPPORTED_STREAMS')).toBe('film-codec');
  expect(await ask('https://www.youtube.com/watch?v=1')).toBe('film-not-a-film');
  expect(await ask('https://films.example/a.mkv')).toBe('film-codec');
  expect(await ask('https://films.example/a.mp4')).toBe('film-cors');
  expect(await explain(failure(2), 'https://films.example/a.mp4', () => '')).toBe('film-network');
});

test('containers are known by their first bytes', () => {
  const bytes = (s: string) => new Uint8Array([...s].map((c) => c.charCodeAt(0)));
  expect(isContainer(bytes('\0\0\0 ftypisom'))).toBe(true);
  expect(isContainer(bytes('\x1a\x45\xdf\xa3....'))).toBe(true);
  expect(isContainer(bytes('<!doctype html>'))).toBe(false);
  expect(isContainer(new Uint8Array())).toBe(false);
});
