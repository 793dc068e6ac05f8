import { beforeEach, expect, test } from 'vitest';
import { aView } from './fixture';
import type { Intent, Peer } from './peer';
import { forgetRoom, keepRoom, keptRoom, restore } from './room';

let done: Intent[];
const p: Peer = { do: (i) => { done.push(i); }, observe() {}, history: () => new Float64Array(), room: () => 'the keys' };
beforeEach(() => {
  done = [];
  forgetRoom();
});

const evening = aView({ role: 'host', timeline: { position: 100, rate: 1.5, at: performance.now(), speed: 1.5, resuming: false } });

test('a host finds its room, its film and its rules again', () => {
  keepRoom(p, evening, true);
  const k = keptRoom()!;
  expect(k.room).toBe('the keys');
  expect(k.media).not.toHaveProperty('id');
  restore(p, k, k.at + 2000);
  expect(done.map((i) => i.type)).toEqual(['rules', 'restore']);
  expect(done[1]).toMatchObject({ speed: 1.5, playing: true, position: expect.closeTo(k.position + 3, 5) as number });
});

test('a film that was left alone for long waits where it was', () => {
  keepRoom(p, evening, true);
  const k = keptRoom()!;
  restore(p, k, k.at + 3_600_000);
  expect(done[1]).toEqual({ type: 'restore', position: k.position, speed: 1.5, playing: false });
});

test('behind a locked door those who come back knock, as the new host knows none of them', () => {
  keepRoom(p, aView({ role: 'host', rules: { drive: 'everyone', wait: 'never', locked: true, approve: false, muted: true } }), true);
  restore(p, keptRoom()!);
  expect(done[0]).toEqual({ type: 'rules', rules: { drive: 'everyone', wait: 'never', locked: false, approve: true, muted: true } });
});

test('nothing is kept of a room that was not entered, or that was closed', () => {
  keepRoom(p, aView({ role: 'host', phase: 'connecting' }), true);
  expect(keptRoom()).toBeNull();
  keepRoom(p, evening, true);
  forgetRoom();
  expect(keptRoom()).toBeNull();
});
