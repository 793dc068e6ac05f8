import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { aView } from './fixture';
import { view } from './store';
import { speak } from './text';

const did = vi.hoisted(() => ({ subtitles: vi.fn(), copy: vi.fn(), said: vi.fn() }));
vi.mock('./captions', () => ({ openSubtitles: did.subtitles }));
vi.mock('./drive', () => ({ say: did.said }));
vi.mock('./film', () => ({ playCopy: did.copy, player: { unlock: vi.fn() } }));
const { startDrop } = await import('./drop');
const { chosen } = await import('./parts/source');

const shared = aView({ media: { id: 1, kind: 'file', url: '', title: 'Film', name: 'film.mp4', size: 9, duration: 0 } });
let end = () => {};
beforeEach(async () => {
  vi.clearAllMocks();
  chosen.value = null;
  await speak('en');
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

test('a film is a guest\'s copy where each plays a copy', () => {
  view.value = shared;
  expect(drop('film.mp4')).toBe(true);
  expect(did.copy).toHaveBeenCalledOnce();
});

test('a film is chosen at the entrance and in the host\'s room, where it waits for a word; nobody else puts one on', () => {
  view.value = null;
  expect(drop('film.mp4')).toBe(true);
  expect(chosen.value?.name).toBe('film.mp4');
  view.value = { ...shared, role: 'host' };
  expect(drop('next.webm')).toBe(true);
  expect(chosen.value?.name).toBe('next.webm');
  chosen.value = null;
  view.value = aView();
  expect(drop('film.mp4')).toBe(true);
  expect(did.said).toHaveBeenCalledWith('Only the host puts a film on');
  view.value = { ...shared, phase: 'lobby' };
  expect(drop('film.mp4')).toBe(true);
  expect([chosen.value, did.copy.mock.calls.length]).toEqual([null, 0]);
});

test('the page shows that it would take what is carried over it', () => {
  const fire = (kind: string, more: object) => document.dispatchEvent(Object.assign(new Event(kind, { cancelable: true }), more));
  const shows = () => 'carried' in document.documentElement.dataset;
  fire('dragover', { dataTransfer: { types: ['text/plain'] } });
  expect(shows()).toBe(false);
  fire('dragover', { dataTransfer: { types: ['Files'] } });
  expect(shows()).toBe(true);
  fire('dragleave', { relatedTarget: document.body }); // into another element of the page
  expect(shows()).toBe(true);
  fire('dragleave', { relatedTarget: null });
  expect(shows()).toBe(false);
});

test('words may be dropped into a field, and after the end all is the browser\'s again', () => {
  view.value = shared;
  expect(drop('', ['text/plain'])).toBe(false);
  end();
  expect(drop('film.srt')).toBe(false);
});
