import { afterEach, expect, test, vi } from 'vitest';
import { explain, isContainer } from './failure';

const bytes = (s: string) => Uint8Array.from(s, (c) => c.charCodeAt(0));
const mp4 = bytes('\x00\x00\x00\x20ftypisom\x00\x00\x02\x00');
const page = bytes('<!doctype html><html lang="en">');
const never = () => '';
const own = `${location.origin}/film.mp4`;
const unsupported = { code: 4, message: '' };

afterEach(() => { vi.unstubAllGlobals(); });
function answers(status: number, body: Uint8Array) {
  vi.stubGlobal('fetch', () => Promise.resolve(new Response(body as BufferSource, { status })));
}

test.each([
  ['an mp4 that does not play', mp4, 'film-codec'],
  ['a text', bytes('MIT License\n'), 'film-not-a-film'],
  ['nothing', bytes(''), 'film-not-a-film'],
])('a file with %s', async (_, content, want) => {
  expect(await explain(unsupported, new File([content as BufferSource], 'x'), never)).toBe(want);
});

test.each([
  [404, page, 'film-not-found'], [410, page, 'film-not-found'], [403, page, 'film-cors'], [503, page, 'film-network'],
  [200, page, 'film-not-a-film'], [206, mp4, 'film-codec'],
])('an own address that answers %i', async (status, body, want) => {
  answers(status, body);
  expect(await explain(unsupported, own, never)).toBe(want);
});

test('an own address that does not answer', async () => {
  vi.stubGlobal('fetch', () => Promise.reject(new TypeError('network')));
  expect(await explain(unsupported, own, never)).toBe('film-network');
});

test.each([
  ['https://cdn.example/film.mp4', 2, '', 'film-network'],
  ['https://cdn.example/film.mp4', 3, '', 'film-codec'],
  ['https://cdn.example/film.mp4', 4, '404: Not Found', 'film-not-found'],
  ['https://cdn.example/film.mp4', 4, 'DEMUXER_ERROR_NO_SUPPORTED_STREAMS: FFmpegDemuxer: no supported streams', 'film-codec'],
  ['https://cdn.example/film.mp4', 4, 'DEMUXER_ERROR_COULD_NOT_OPEN: FFmpegDemuxer: open context failed', 'film-not-a-film'],
  ['https://cdn.example/film.mkv', 4, '', 'film-codec'],
  ['https://www.youtube.com/watch?v=1', 4, '', 'film-not-a-film'],
  ['https://cdn.example/page.html', 4, '', 'film-not-a-film'],
  ['https://cdn.example/film.mp4', 4, '', 'film-cors'],
])('another site: %s, error %i "%s"', async (url, code, message, want) => {
  vi.stubGlobal('fetch', () => { throw new Error('other sites must not be asked'); });
  expect(await explain({ code, message }, url, never)).toBe(want);
});

test.each([
  ['WebM', '\x1a\x45\xdf\xa3', true], ['AVI', 'RIFF\x00\x00\x00\x00AVI ', true], ['Ogg', 'OggS', true],
  ['a sound in RIFF', 'RIFF\x00\x00\x00\x00WAVE', false], ['a picture', '\x89PNG\r\n\x1a\n', false], ['a G', 'Good evening', false],
])('%s is told by its first bytes', (_, start, want) => { expect(isContainer(bytes(start))).toBe(want); });
