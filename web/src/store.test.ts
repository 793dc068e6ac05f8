import { expect, test } from 'vitest';
import { aLine, aPerson, aView } from './fixture';
import { hues, myHue, phase, positionAt, readAll, setHue, standApart, trouble, unread, view } from './store';

test('the position runs on from the moment it was told for', () => {
  const v = aView({ timeline: { position: 100, rate: 1.5, at: 1000, speed: 1.5, resuming: false } });
  expect(positionAt(v, 3000, 0)).toBe(103);
  expect(positionAt(v, 500, 0)).toBe(100); // not begun: it stands
  expect(positionAt(v, 999_000, 120)).toBe(120); // past the end there is nothing
  expect(positionAt(aView({ timeline: { ...v.timeline, rate: 0 } }), 9000, 0)).toBe(100);
});

test('what others said and nobody saw is counted', () => {
  view.value = aView({ lines: [said('hello'), said('mine', true), { ...said(''), kind: 'paused' }] });
  expect(unread.value).toBe(1);
  readAll();
  expect(unread.value).toBe(0);
  view.value = aView({ lines: [...view.value.lines, said('again'), said('and again')] });
  expect(unread.value).toBe(2);
});

test('trouble goes before all', () => {
  view.value = null;
  expect(phase.value).toBe('landing');
  view.value = aView({ phase: 'lobby' });
  expect(phase.value).toBe('lobby');
  trouble.value = 'no-webrtc';
  expect(phase.value).toBe('ended');
  trouble.value = '';
});

test('who chose no colour gets one that nobody there has, and who chose one keeps it', () => {
  localStorage.removeItem('toile.hue');
  const wearing = (all: readonly number[]) => all.map((hue) => aPerson({ hue }));
  myHue.value = 142;
  standApart(wearing([142, 22, 48, 205, 322]));
  expect(myHue.value).toBe(268); // the only one left
  standApart(wearing([142]));
  expect(myHue.value).toBe(268); // nobody has it
  standApart(wearing(hues));
  expect(myHue.value).toBe(268); // there is none left
  setHue(142);
  standApart(wearing([142]));
  expect(myHue.value).toBe(142);
});

function said(text: string, mine = false) {
  return aLine({ text, mine });
}
