import { expect, test } from 'vitest';
import { Readiness } from './readiness';

/** A film of 600 s that stands at 30, and is here up to end. */
function film(end: number, more: object = {}) {
  return { end, currentTime: 30, duration: 600, paused: true, seeking: false, readyState: 2, ...more };
}
const readiness = (v: ReturnType<typeof film>) => new Readiness(v, () => v.end);
const state = (v: ReturnType<typeof film>) => readiness(v).state(0);

test('a film that stands with plenty of it here, or all of it, can be played whatever WebKitGTK says', () => {
  expect(state(film(40))).toBe(3);
  expect(state(film(39))).toBe(2);
  expect(state(film(599.95, { currentTime: 595 }))).toBe(3);
  expect(state(film(0))).toBe(2);
});

test('elsewhere a film is as ready as it says', () => {
  expect(state(film(600, { readyState: 1 }))).toBe(1);
  expect(state(film(31, { readyState: 4 }))).toBe(4);
});

/** Plays on for so long, looked at every 100 ms, at a part of the speed. */
function plays(v: ReturnType<typeof film>, r: Readiness, ms: number, speed: number): number {
  let got = 0;
  for (let at = 0; at <= ms; at += 100) {
    got = r.state(at);
    v.currentTime += speed / 10;
  }
  return got;
}

test('a film that moves on in the state of one that has stopped is not believed; one that has stopped is', () => {
  const stopped = film(600, { paused: false });
  expect(plays(stopped, readiness(stopped), 5000, 0)).toBe(2);
  const creeps = film(600, { paused: false });
  expect(plays(creeps, readiness(creeps), 5000, 0.3)).toBe(2);
  const moves = film(600, { paused: false });
  const r = readiness(moves);
  expect(plays(moves, r, 300, 1)).toBe(2);
  expect(plays(moves, r, 900, 1)).toBe(3);
  moves.end = moves.currentTime + 2;
  expect(r.state(10_000)).toBe(2); // and where little of it is here, it is
});

test('what was seen before a jump is not held against a film', () => {
  const v = film(600, { paused: false });
  const r = readiness(v);
  r.state(0);
  v.seeking = true;
  r.state(100);
  Object.assign(v, { seeking: false, currentTime: 300 });
  expect([r.state(500), r.state(1000)]).toEqual([2, 2]);
});
