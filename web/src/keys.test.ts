import { beforeEach, expect, test, vi } from 'vitest';
import { pressed, setSingleKeys } from './keys';

const drive = vi.hoisted(() => ({ toggle: vi.fn(), seekBy: vi.fn(), seekTo: vi.fn(), faster: vi.fn(), slower: vi.fn(), duration: { value: 600 } }));
vi.mock('./drive', () => drive);
const to = { full: vi.fn(), mute: vi.fn(), help: vi.fn(), captions: vi.fn() };
let clicked: Element | null = null;
beforeEach(() => { vi.clearAllMocks(); });

function press(key: string, target: Element = document.body, more: { ctrlKey?: boolean } = {}) {
  const preventDefault = vi.fn();
  pressed({ key, target, altKey: false, ctrlKey: false, metaKey: false, defaultPrevented: false, preventDefault, ...more }, { ...to, clicked: () => clicked });
  return preventDefault.mock.calls.length === 1;
}

test('the keys that are in people\'s fingers', () => {
  for (const key of [' ', 'k', 'K']) expect(press(key)).toBe(true);
  expect(drive.toggle).toHaveBeenCalledTimes(3);
  for (const key of ['j', 'l', 'ArrowLeft', 'ArrowRight']) press(key);
  expect(drive.seekBy.mock.calls.flat()).toEqual([-10, 10, -5, 5]);
  for (const key of ['f', 'm', '?', 'c']) press(key);
  for (const f of Object.values(to)) expect(f).toHaveBeenCalledOnce();
  for (const key of ['<', '>']) press(key);
  expect(drive.slower).toHaveBeenCalledOnce();
  expect(drive.faster).toHaveBeenCalledOnce();
  expect(press('x')).toBe(false);
});

test('a digit goes to a tenth of the film, once its length is known', () => {
  for (const key of ['0', '3', '9']) expect(press(key)).toBe(true);
  expect(drive.seekTo.mock.calls.flat()).toEqual([0, 180, 540]);
  drive.duration.value = NaN;
  expect(press('5')).toBe(false);
  drive.duration.value = 600;
});

test('who does not want single letters to act keeps the space bar and the arrows', () => {
  setSingleKeys(false);
  for (const key of ['k', 'L', '3', '?', '<']) expect(press(key)).toBe(false);
  for (const key of [' ', 'ArrowLeft']) expect(press(key)).toBe(true);
  expect(localStorage.getItem('toile.keys')).toBe('off');
  setSingleKeys(true);
  expect(press('k')).toBe(true);
});

test('what is typed is no command', () => {
  for (const tag of ['input', 'textarea', 'select']) expect(press('k', document.createElement(tag))).toBe(false);
  expect(press('k', document.body, { ctrlKey: true })).toBe(false);
});

test('a focused control keeps its own keys', () => {
  const button = document.createElement('button');
  expect(press(' ', button)).toBe(false);
  clicked = button;
  expect(press(' ', button)).toBe(true);
  expect(press('k', button)).toBe(true);
  const seek = document.createElement('input');
  seek.type = 'range';
  expect(press('ArrowLeft', seek)).toBe(true);
});
