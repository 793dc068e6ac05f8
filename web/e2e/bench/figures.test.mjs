import assert from 'node:assert/strict';
import test from 'node:test';
import { cost, onGrid, pairs, quantile, shownOnGrid, spread, spreadAt, target } from './figures.mjs';

const timeline = { at: 1000, position: 10, rate: 1 };

/** A page whose clock is behind true time by 500 ms and whose film is ahead by error(t) ms. */
function page(error, { rate = () => 1, step = 20 } = {}) {
  const positions = [];
  const frames = [];
  for (let t = 0; t <= 4000; t += step) {
    const film = target(timeline, t) + error(t);
    positions.push([t - 500, film / 1000, rate(t), 1]);
    frames.push([t - 500, Math.floor(film * 60 / 1000)]);
  }
  return { cal: [{ delay: 9, offset: 99 }, { delay: 0.1, offset: 500 }], positions, frames, events: [['seek-playing', 1500], ['waiting', 100]] };
}

test('a quantile is a value that was there', () => {
  assert.equal(quantile([3, 1, 2], 0.5), 2);
  assert.equal(quantile([1, 2, 3, 4], 1), 4);
  assert.ok(Number.isNaN(quantile([], 0.5)));
});

test('the timeline stands until its anchor', () => {
  assert.equal(target(timeline, 500), 10_000);
  assert.equal(target(timeline, 1500), 10_500);
});

test('the skew of two films is the difference of their errors, by true time', () => {
  const rows = onGrid([page(() => 3), page(() => -4)], timeline, 1500, 3500);
  const s = spread(pairs(rows));
  assert.equal(rows.length, 41);
  assert.equal(s.samples, 41);
  assert.ok(Math.abs(s.p50 - 7) < 1e-6 && Math.abs(s.max - 7) < 1e-6, JSON.stringify(s));
});

test('a film that stops being sampled is told as unknown, not as in sync', () => {
  const gone = page(() => 0);
  gone.positions = gone.positions.filter(([now]) => now < 1500);
  const rows = onGrid([page(() => 0), gone], timeline, 1500, 3500);
  assert.equal(pairs(rows).length, rows.filter((r) => r.errors[1] !== null).length);
  assert.equal(rows.at(-1).errors[1], null);
});

test('of positions that are only ever late the highest counts', () => {
  const stair = page((t) => -(t % 40));
  stair.firefox = true;
  const rows = onGrid([stair], timeline, 1500, 3500);
  assert.ok(rows.every((r) => Math.abs(r.errors[0]) < 1e-6));
});

test('shown pictures are as old as the picture, not as the moment', () => {
  const rows = shownOnGrid([page(() => 0, { step: 50 / 3 }), page(() => 100, { step: 50 / 3 })], timeline, 60, 1500, 3500);
  const s = spread(pairs(rows));
  assert.ok(Math.abs(s.p50 - 100) < 17, JSON.stringify(s));
});

test('the spread at a moment needs everybody', () => {
  const pages = [page(() => 0), page(() => 5), page(() => -5)];
  assert.ok(Math.abs(spreadAt(pages, timeline, 2000) - 10) < 1e-6);
  pages[1].positions = [];
  assert.equal(spreadAt(pages, timeline, 2000), null);
});

test('the cost counts rates, seeks and stalls of the time asked for', () => {
  const c = cost(page(() => 0, { rate: (t) => (t < 2000 ? 1.01 : 1) }), 1000, 3000);
  assert.ok(Math.abs(c.integral - 10) < 0.5, `${c.integral}`);
  assert.equal(c.seeks, 1);
  assert.equal(c.stalls, 0);
});
