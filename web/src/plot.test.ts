import { expect, test } from 'vitest';
import { height, plot, width } from './plot';

const rows = (...r: [number, number, number, number][]) => Float64Array.from(r.flat());

test('of nothing there is no plot', () => {
  expect(plot(new Float64Array(0))).toBeNull();
  expect(plot(rows([0, 1, 2, 3]))).toBeNull();
});

test('the newest point is at the right, ahead is up, and the scale is a round number', () => {
  const p = plot(rows([1000, 0, 30, 0], [1500, 4, 20, 0], [2000, -4, 25, 0]))!;
  expect(p.most).toBe(5);
  expect(p.worst).toBe(4);
  expect(p.delay).toBe(20);
  expect(p.offset.endsWith(`L${width.toFixed(1)} ${(height * 0.9).toFixed(1)}`)).toBe(true);
});

test('a time without news is a gap and no line', () => {
  const p = plot(rows([0, 1, 1, 0], [500, 1, 1, 0], [9000, 1, 1, 0], [9500, 1, 1, 0]))!;
  expect(p.offset.match(/M/g)).toHaveLength(2);
});

test('a young party fills the plot, and an old one shows its last three minutes', () => {
  const from = (at: number) => plot(rows([0, 1, 1, 0], [at, 1, 1, 0]))!.offset;
  expect(from(60_000).startsWith('M0.0 ')).toBe(true);
  expect(from(10_000).startsWith(`M${(width / 2).toFixed(1)} `)).toBe(true); // no less than twenty seconds
  expect(from(360_000).startsWith(`M${(-width).toFixed(1)} `)).toBe(true);
});
