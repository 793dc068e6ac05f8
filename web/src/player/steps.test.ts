import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { watchSteps } from './steps';

beforeEach(() => { vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval', 'performance'] }); });
afterEach(() => { vi.useRealTimers(); });

/** Plays for a while, from `after` ms on, and says whether steps were seen. step: how finely positions are told, in ms. */
function plays(ms: number, step: number, after = 0): boolean {
  const began = performance.now();
  const film = { get currentTime() { return Math.floor(Math.max(0, performance.now() - began - after) / step) * step / 1000; } };
  const done = watchSteps(film);
  vi.advanceTimersByTime(ms);
  return done();
}

test('positions that move in steps of 40 ms are told from smooth ones', () => {
  expect(plays(200, 40)).toBe(true);
  expect(plays(200, 0.1)).toBe(false);
});

test('a film that is slow to move is not one that moves in steps', () => {
  expect(plays(200, 0.1, 150)).toBe(false);
  expect(plays(200, 0.1, 300)).toBe(false);
});

test('a film that stands on its first picture for a while is not one that moves in steps', () => {
  const began = performance.now();
  const done = watchSteps({ get currentTime() { const t = performance.now() - began; return (t < 150 ? Math.min(t, 17) : t - 133) / 1000; } });
  vi.advanceTimersByTime(220);
  expect(done()).toBe(false);
});

test('a few looks prove nothing', () => { expect(plays(20, 40)).toBe(false); });
