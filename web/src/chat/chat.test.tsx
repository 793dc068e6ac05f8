import { render } from 'preact';
import { act } from 'preact/test-utils';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { Chat, worthShowing } from '../chat';
import { aLine, aPerson, aView } from '../fixture';
import type { Intent, View } from '../peer';
import { peer, view } from '../store';
import { answers, draft } from './draft';
import { Floating } from './reactions';
import { inside, speak } from '../text';

let place: HTMLElement;
let done: Intent[];
beforeEach(async () => {
  await speak('en');
  done = [];
  peer.value = { do: (i) => { if (i.type !== 'device') done.push(i); }, observe() {}, history: () => new Float64Array(), room: () => '' };
  draft.value = '';
  answers.value = 0;
  place = document.createElement('div');
  document.body.replaceChildren(place);
});
afterEach(() => act(() => render(null, place)));
const show = async (patch: Partial<View>) => {
  view.value = aView(patch);
  await act(() => render(<Chat />, place));
};
const $ = <T extends Element = HTMLElement>(name: string) => place.querySelector<T>(`[data-test=${name}]`);
const type = (text: string) => act(() => {
  const input = $<HTMLInputElement>('chat-input')!;
  input.value = text;
  input.setSelectionRange(text.length, text.length);
  input.dispatchEvent(new Event('input', { bubbles: true }));
});
const press = (key: string) => act(() => { $('chat-input')!.dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true })); });
const send = () => act(() => { place.querySelector('form')!.dispatchEvent(new Event('submit', { bubbles: true, cancelable: true })); });

test('an answer names whom it answers, and carries the number of the line', async () => {
  await show({ lines: [aLine({ seq: 7, who: 1, name: 'Ana', text: 'who is that?' })] });
  await act(() => $('reply')!.click());
  expect($('replying')!.textContent).toMatch(/To .*Ana.*who is that/);
  await type('the bird');
  await send();
  expect(done).toContainEqual({ type: 'say', text: 'the bird', reply: 7 });
  expect($('replying')).toBeNull();
  await show({ lines: [aLine({ seq: 7, who: 1, name: 'Ana', text: 'who is that?' }), aLine({ seq: 8, reply: 7, text: 'the bird' })] });
  expect($('quote')!.textContent).toMatch(/Ana.*who is that/);
  await show({ lines: [aLine({ seq: 7, who: 1, name: 'Ana', erased: true }), aLine({ seq: 8, reply: 7, text: 'the bird' })] });
  expect($('quote')).toBeNull();
  expect(place.textContent).not.toMatch(/who is that/);
});

test('a line can be taken back by who said it and by the host, and by nobody else', async () => {
  const lines = [aLine({ seq: 1, who: 1, name: 'Ana', text: 'theirs' }), aLine({ seq: 2, who: 2, mine: true, text: 'mine' })];
  await show({ lines });
  expect(place.querySelectorAll('[data-test=erase]').length).toBe(1);
  await act(() => $('erase')!.click());
  expect(done).toContainEqual({ type: 'erase', seq: 2 });
  await show({ lines, role: 'host' });
  expect(place.querySelectorAll('[data-test=erase]').length).toBe(2);
});

test('a moment is a way there for who has the remote, and says who has it to the others', async () => {
  const lines = [aLine({ seq: 1, text: 'look at 1:30' })];
  await show({ lines });
  expect($('moment')).toBeNull();
  expect([...place.querySelectorAll<HTMLElement>('.m p [title]')].map((el) => [el.textContent, el.title])).toEqual([['1:30', inside().player.notYours]]);
  await show({ lines, may: { drive: true, chat: true, everyone: true } });
  await act(() => $('moment')!.click());
  expect(done).toContainEqual({ type: 'seek', position: 90 });
});

test('a name completes itself by keyboard, and who is called sees it', async () => {
  await show({ people: [aPerson({ id: 1, name: 'Ana', host: true }), aPerson({ me: true }), aPerson({ id: 3, name: 'Anton' })] });
  await type('hey @an');
  expect([...place.querySelectorAll('[data-test=name-option]')].map((el) => el.querySelector('bdi')!.textContent)).toEqual(['Ana', 'Anton']);
  await press('ArrowDown');
  expect($('chat-input')!.getAttribute('aria-activedescendant')).toBe('chat-name-1');
  await press('Enter');
  expect(draft.value).toBe('hey @Anton ');
  expect(done.filter((i) => i.type === 'say')).toEqual([]);
  await show({ lines: [aLine({ who: 1, name: 'Ana', text: 'hey @Luc!' })] });
  expect(place.querySelector('.m')!.classList.contains('forme')).toBe(true);
});

test('others are told that one writes, now and then, and that one stopped', async () => {
  const now = vi.spyOn(performance, 'now').mockReturnValue(10_000);
  await show({});
  for (const t of ['h', 'he', 'hel']) await type(t);
  now.mockReturnValue(14_000);
  await type('hell');
  await type('');
  expect(done.filter((i) => i.type === 'typing')).toEqual([{ type: 'typing', on: true }, { type: 'typing', on: true }, { type: 'typing', on: false }]);
  now.mockRestore();
  await show({ people: [aPerson({ id: 1, name: 'Ana', typing: true }), aPerson({ me: true, typing: true })] });
  expect($('writing')!.textContent).toMatch(/Ana.* is writing/);
});

test('who may not write is told why, and keeps what they wrote', async () => {
  await show({});
  await type('half a thought');
  await show({ may: { drive: false, chat: false, everyone: false } });
  expect($<HTMLInputElement>('chat-input')!.readOnly).toBe(true);
  expect($('hush')!.textContent).toMatch(/muted you/);
  await send();
  expect(done.filter((i) => i.type === 'say')).toEqual([]);
  await show({});
  expect($<HTMLInputElement>('chat-input')!.value).toBe('half a thought');
});

test('what is written while the connection is broken waits, and is said to', async () => {
  await show({ phase: 'broken' });
  await type('are you there?');
  await send();
  expect($('hush')!.textContent).toMatch(/waits here/);
  expect($<HTMLButtonElement>('chat-send')!.disabled).toBe(true);
  expect($('react')).toBeNull();
  expect(done.filter((i) => i.type === 'say')).toEqual([]);
  await show({});
  await send();
  expect(done).toContainEqual({ type: 'say', text: 'are you there?' });
});

test('one\'s own line is the same element when the host has it: it is read out once', async () => {
  await show({ lines: [aLine({ seq: 0, post: 3, mine: true, pending: true, text: 'hello' })] });
  const li = $('chat-line');
  await show({ lines: [aLine({ seq: 9, post: 3, mine: true, text: 'hello' })] });
  expect($('chat-line')).toBe(li);
});

test('a host who starts anew has forgotten what was said, and the chat says so', async () => {
  await show({ lines: [aLine({ seq: 7, text: 'before' })] });
  await show({ phase: 'broken', lines: [aLine({ seq: 7, text: 'before' })] });
  expect($('chat-lost')).toBeNull();
  await show({ lines: [aLine({ seq: 1, kind: 'joined', text: '' })] });
  expect($('chat-lost')!.textContent).toMatch(/loaded anew/);
});

test('of a search only its end is shown, and of a cleared chat what came since', () => {
  const sought = (seq: number, who: number) => aLine({ seq, who, kind: 'sought', value: seq });
  const seqs = (...lines: Parameters<typeof worthShowing>[0]) => worthShowing(lines).map((l) => l.seq);
  expect(seqs(aLine({ seq: 1 }), sought(2, 1), sought(3, 1), sought(4, 2), aLine({ seq: 5 }), sought(6, 2))).toEqual([1, 3, 4, 5, 6]);
  expect(seqs(sought(1, 1), aLine({ seq: 2, kind: 'rated', who: 1 }), aLine({ seq: 3, kind: 'rated', who: 1 }))).toEqual([1, 3]);
  expect(seqs(sought(1, 1), aLine({ seq: 2, kind: 'renamed' }), aLine({ seq: 3, kind: 'cleared' }), aLine({ seq: 4 }))).toEqual([3, 4]);
});

test('links lead out without telling from where, and markup is text', async () => {
  await show({ lines: [aLine({ text: 'https://example.org/<b>x</b>' })] });
  const a = place.querySelector('a')!;
  expect([a.rel, a.target]).toEqual(['noopener noreferrer nofollow ugc', '_blank']);
  expect(place.querySelector('p b')).toBeNull();
});

test('a reaction floats at its instant, once, whatever comes after', async () => {
  vi.useFakeTimers({ now: 0, toFake: ['setTimeout', 'clearTimeout', 'performance', 'Date'] });
  const at = performance.now() + 300;
  const one = { id: 1, who: 2, name: 'Luc', hue: 205, emoji: '🔥', at };
  const draw = (reactions: View['reactions']) => { view.value = aView({ reactions }); return act(() => render(<Floating />, place)); };
  const up = () => [...place.querySelectorAll('[data-test=floating]')].map((el) => el.getAttribute('data-emoji'));
  await draw([one]);
  expect(up()).toEqual([]);
  await act(() => { vi.advanceTimersByTime(301); });
  expect(up()).toEqual(['🔥']);
  await draw([one, { ...one, id: 2, emoji: '👏', at: at + 100 }]);
  await act(() => { vi.advanceTimersByTime(200); });
  expect(up()).toEqual(['🔥', '👏']);
  await act(() => { vi.advanceTimersByTime(5000); });
  expect(up()).toEqual([]);
  await draw([one]);
  await act(() => { vi.advanceTimersByTime(1000); });
  expect(up()).toEqual([]);
  vi.useRealTimers();
});
