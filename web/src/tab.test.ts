import { expect, test } from 'vitest';
import { aView } from './fixture';
import { view } from './store';
import { icon, tellState, title } from './tab';
import { speak } from './text';

test('the tab says what the film does and what was written meanwhile', async () => {
  await speak('en');
  expect(title('playing', 'Film', 2)).toBe('(2) ▶ Film · Toile');
  expect(title('paused', 'Film', 0)).toBe('⏸ Film · Toile');
  expect(title('waiting', '', 0)).toBe('Toile');
});

test('the tab\'s icon is a picture of its own for each state', () => {
  const faces = (['playing', 'paused', 'waiting'] as const).map(icon);
  expect(new Set(faces).size).toBe(3);
  for (const face of faces) {
    const svg = new DOMParser().parseFromString(decodeURIComponent(face.slice(face.indexOf(',') + 1)), 'image/svg+xml');
    expect(svg.querySelectorAll('path').length).toBe(2);
  }
});

test('the tab follows the party, and has its old face again after it', () => {
  document.head.innerHTML = '<link rel="icon" href="data:,plain">';
  const link = document.querySelector<HTMLLinkElement>('link')!;
  view.value = aView();
  const stop = tellState();
  expect([document.title.startsWith('⏸'), link.href === icon('paused')]).toEqual([true, true]);
  view.value = aView({ timeline: { position: 0, rate: 1, at: 0, speed: 1, resuming: false } });
  expect([document.title.startsWith('▶'), link.href === icon('playing')]).toEqual([true, true]);
  view.value = aView({ timeline: { position: 0, rate: 1, at: 0, speed: 1, resuming: false }, waiting: { for: [2], since: 0, until: 9 } });
  expect(link.href).toBe(icon('waiting'));
  stop();
  expect([document.title, link.href]).toEqual(['Toile', 'data:,plain']);
});
