import { afterEach, expect, test, vi } from 'vitest';
import { Preview } from './preview';

const place = document.createElement('div');
const film = { source: 'blob:film', calm: () => true };
const video = () => place.querySelector('video')!;

/** A video whose seeks end when the test says so. */
function seekable(v: HTMLVideoElement): { asked: number[]; arrive: () => void } {
  const asked: number[] = [];
  let seeking = false;
  Object.defineProperties(v, {
    readyState: { get: () => 1 },
    seeking: { get: () => seeking },
    currentTime: { set(t: number) { asked.push(t); seeking = true; } },
  });
  return { asked, arrive() { seeking = false; v.dispatchEvent(new Event('seeked')); } };
}

afterEach(() => {
  place.replaceChildren();
  vi.useRealTimers();
});

test('the last moment pointed at wins, and seeks do not pile up', () => {
  const p = new Preview();
  p.mount(place);
  p.glance(film, 10.2);
  const { asked, arrive } = seekable(video());
  video().dispatchEvent(new Event('loadedmetadata'));
  for (const at of [20, 30, 40.9]) p.glance(film, at);
  expect(asked).toEqual([10]);
  expect(p.shown.value).toBe(false);
  arrive();
  expect(p.shown.value).toBe(true);
  expect(asked).toEqual([10, 40]);
});

test('nobody hears it, and it asks the film\'s site', () => {
  const p = new Preview();
  p.mount(place);
  p.glance(film, 1);
  expect(video().muted).toBe(true);
  expect(video().crossOrigin).toBe('anonymous');
  expect(video().autoplay).toBe(false);
});

test('while the film itself needs the line there is no preview', () => {
  const p = new Preview();
  p.mount(place);
  p.glance({ ...film, calm: () => false }, 1);
  expect(place.children.length).toBe(0);
});

test('a site that says no is asked once', () => {
  const p = new Preview();
  p.mount(place);
  p.glance(film, 1);
  video().dispatchEvent(new Event('error'));
  expect(place.children.length).toBe(0);
  p.glance(film, 2);
  expect(place.children.length).toBe(0);
  p.glance({ ...film, source: 'blob:another' }, 2);
  expect(place.children.length).toBe(1);
});

test('it is given back when nobody has pointed for a while', () => {
  vi.useFakeTimers();
  const p = new Preview();
  p.mount(place);
  p.glance(film, 1);
  vi.advanceTimersByTime(10_000);
  p.glance(film, 2);
  vi.advanceTimersByTime(10_000);
  expect(place.children.length).toBe(1);
  vi.advanceTimersByTime(6000);
  expect(place.children.length).toBe(0);
});
