import { expect, test, vi } from 'vitest';
import { say, toast, toggle } from './drive';
import { aPerson, aView } from './fixture';
import { peer, view } from './store';
import { inside } from './text';

test('what is said goes after a while', () => {
  vi.useFakeTimers();
  say('one');
  vi.advanceTimersByTime(2000);
  say('two');
  vi.advanceTimersByTime(2000);
  expect(toast.value).toBe('two');
  vi.advanceTimersByTime(1000);
  expect(toast.value).toBe('');
  vi.useRealTimers();
});

test('a refusal is said no longer than it holds', () => {
  const wishes = vi.fn();
  peer.value = { do: wishes } as never;
  view.value = aView();
  toggle();
  expect(toast.value).toBe(inside().player.notYours);
  expect(wishes).not.toHaveBeenCalled();

  view.value = aView({ people: [...aView().people, aPerson({ id: 3, name: 'Zoé', drives: true })] });
  expect(toast.value).toContain('Zoé'); // she has the remote now, too

  view.value = aView({ may: { drive: true, chat: true, everyone: false } });
  expect(toast.value).toBe('');
  toggle();
  expect(wishes).toHaveBeenCalledWith({ type: 'play' });
});
