import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { aView } from './fixture';
import { view } from './store';

const did = vi.hoisted(() => ({ subtitles: vi.fn(), copy: vi.fn() }));
vi.mock('./captions', () => ({ openSubtitles: did.subtitles }));
vi.mock('./film', () => ({ playCopy: did.copy, player: { unlock: vi.fn() } }));
const { startDrop } = await import('./drop');

const shared = aView({ media: { id: 1, kind: 'file', url: '', title: 'Film', name: 'film.mp4', size: 9, duration: 0 } });
let end = () => {};
beforeEach(() => {
  vi.clearAllMocks();
  end = startDrop();
});
afterEach(() => end());

/** Whether the browser was kept from opening it. */
function drop(name: string, types = ['Files']): boolean {
  const file = new File(['x'], name);
  const e = Object.assign(new Event('drop', { cancelable: true }), { dataTransfer: { types, files: name ? [file] : [] } });
  return !document.dispatchEvent(e);
}

test('subtitles are shown', () => {
  view.value = aView();
  expect(drop('Film.FR.srt')).toBe(true);
  expect(drop('film.vtt')).toBe(true);
  expect(did.subtitles.mock.calls.map(([f]) => (f as File).name)).toEqual(['Film.FR.srt', 'film.vtt']);
});

test('a film is a guest\'s copy where each plays a copy, and nothing anywhere else; the party stays on the screen', () => {
  view.value = aView();
  expect(drop('film.mp4')).toBe(true);
  view.value = { ...shared, role: 'host' };
  expect(drop('film.mp4')).toBe(true);
  expect(did.copy).not.toHaveBeenCalled();
  view.value = shared;
  expect(drop('film.mp4')).toBe(true);
  expect(did.copy).toHaveBeenCalledOnce();
});

test('words may be dropped into a field, and after the end all is the browser\'s again', () => {
  view.value = shared;
  expect(drop('', ['text/plain'])).toBe(false);
  end();
  expect(drop('film.srt')).toBe(false);
});
