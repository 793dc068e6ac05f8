import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { calmly } from './calm';
import { aLine, aView } from './fixture';
import type { View } from './peer';

beforeEach(() => { vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'performance'] }); });
afterEach(() => { vi.useRealTimers(); });

/** A page whose film is about to start: each view is told by how many lines it has. */
function page() {
  const shown: number[] = [];
  let until = 0;
  const show = calmly(() => Math.max(0, until - performance.now()), (v) => { shown.push(v.lines.length); });
  const tell = (lines: number, change: Partial<View> = {}) => show(aView({ lines: Array(lines).fill(aLine()), ...change }));
  tell(0);
  vi.advanceTimersByTime(1000);
  return { shown, tell, startsIn: (ms: number) => { until = performance.now() + ms; } };
}

test('views are shown at once, but not while a film is to start', () => {
  const p = page();
  p.tell(1);
  expect(p.shown).toEqual([0, 1]);
  p.startsIn(300);
  p.tell(2);
  vi.advanceTimersByTime(200);
  p.tell(3);
  expect(p.shown).toEqual([0, 1]);
  vi.advanceTimersByTime(100);
  expect(p.shown).toEqual([0, 1, 3]);
  vi.advanceTimersByTime(1000);
  expect(p.shown).toEqual([0, 1, 3]);
});

test('who pressed a button sees at once that it was heard', () => {
  const p = page();
  dispatchEvent(new Event('pointerdown'));
  p.startsIn(300);
  p.tell(1);
  expect(p.shown).toEqual([0, 1]);
});

test('an end is not kept back, and nothing older comes after it', () => {
  const p = page();
  p.startsIn(300);
  p.tell(1);
  p.tell(2, { phase: 'ended' });
  expect(p.shown).toEqual([0, 2]);
  vi.advanceTimersByTime(1000);
  expect(p.shown).toEqual([0, 2]);
});
