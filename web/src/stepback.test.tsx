import { render } from 'preact';
import { act } from 'preact/test-utils';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { aLine, aView } from './fixture';
import { useNews } from './stepback';
import { view } from './store';

function Room({ full }: { full: boolean }) { return <p>{useNews(full) ? 'news' : 'none'}</p>; }

let place: HTMLElement;
beforeEach(() => {
  vi.useFakeTimers();
  place = document.createElement('div');
});
afterEach(() => vi.useRealTimers());
const draw = async (n: number, full = true, patch = {}) => {
  view.value = aView({ lines: Array.from({ length: n }, (_, i) => aLine({ seq: i + 1, ...patch })) });
  await act(() => render(<Room full={full} />, place));
  return place.textContent;
};
const wait = async (ms: number) => {
  await act(() => { vi.advanceTimersByTime(ms); });
  return place.textContent;
};

test('over a full screen a line shows for a while, and each new one begins the while anew', async () => {
  expect(await draw(2)).toBe('none');
  expect(await draw(3)).toBe('news');
  expect(await wait(4000)).toBe('news');
  expect(await draw(4)).toBe('news');
  expect(await wait(4000)).toBe('news');
  expect(await wait(3000)).toBe('none');
});

test('a chat that is cleared meanwhile does not stay over the film', async () => {
  await draw(1);
  await draw(2);
  await draw(0);
  expect(place.textContent).toBe('none');
});

test('beside the film, and for one\'s own lines, there is no news', async () => {
  await draw(1, false);
  expect(await draw(2, false)).toBe('none');
  await draw(0, true);
  expect(await draw(1, true, { mine: true })).toBe('none');
});
