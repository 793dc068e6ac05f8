import { render } from 'preact';
import { act } from 'preact/test-utils';
import { beforeEach, expect, test, vi } from 'vitest';
import { hush } from '../chat/hush';
import { aPerson, aView } from '../fixture';
import { People } from '../people';
import type { Intent, View } from '../peer';
import { myHue, panel, panelOpen, peer, setHue, view } from '../store';
import { became } from './became';
import { Countdown, numeral } from './countdown';
import { deviceOf } from './device';
import { Calls } from './door';
import { ReadyCheck } from './ready';
import { inside, languages, speak } from '../text';

let place: HTMLElement;
let done: Intent[];
const plain = (s: string | null | undefined) => (s ?? '').replace(/[\u2068\u2069]/g, '').replace(/\s+/g, ' ').trim();
const find = <T extends HTMLElement = HTMLElement>(name: string) => place.querySelector<T>(`[data-test="${name}"]`);
const all = (name: string) => [...place.querySelectorAll<HTMLElement>(`[data-test="${name}"]`)];
const press = (el: HTMLElement | null | undefined) => act(() => el!.click());

/** Ana hosts, Luc and Zoé are in. */
function hosted(patch: Partial<View> = {}): View {
  return aView({
    role: 'host', me: 1, may: { drive: true, chat: true, everyone: false },
    people: [aPerson({ id: 1, name: 'Ana', host: true, me: true, rtt: null, drives: true }), aPerson({ id: 2 }), aPerson({ id: 3, name: 'Zoé' })], ...patch,
  });
}

beforeEach(async () => {
  place = document.createElement('div');
  document.body.replaceChildren(place);
  done = [];
  peer.value = { do: (i) => { if (i.type !== 'device') done.push(i); }, observe() {}, history: () => new Float64Array(), room: () => '' };
  panel.value = 'people';
  panelOpen.value = true;
  await speak('en');
});

async function shows(v: View): Promise<void> {
  view.value = v;
  await act(() => render(<People />, place));
}

test('the roster tells how far each film is, how well that is known, and what is wrong', async () => {
  await shows(aView({ people: [
    aPerson({ id: 1, name: 'Ana', host: true }),
    aPerson({ id: 2, me: true, offset: -6.2, uncertainty: 2.4 }),
    aPerson({ id: 3, name: 'Zoé', offset: 41, uncertainty: null, device: 'phone' }),
    aPerson({ id: 4, name: 'Max', state: 'buffering', offset: 300 }),
  ] }));
  const [ana, luc, zoe, max] = all('person').map((li) => plain(li.textContent));
  expect(ana).toContain('Host');
  expect(luc).toContain('−6 ms±2 ms');
  expect(luc).toContain('−6 ms from the party’s film, give or take 2 ms');
  expect(zoe).toContain('On a phone');
  expect(zoe).toContain('+41 ms from the party’s film');
  expect(all('person')[2]!.querySelector('.d')!.className).toContain('w');
  expect(max).toContain('Film is loading');
  expect(max).not.toContain('300');
});

test('a guest has a menu for themselves alone, the host for everybody', async () => {
  await shows(aView());
  expect([all('me-menu').length, all('person-menu').length]).toEqual([1, 0]);
  expect(find('rules')).toBeNull();
  await shows(hosted());
  expect([all('me-menu').length, all('person-menu').length]).toEqual([1, 2]);
});

test('the menu opens under the line, says what would be undone, and Escape gives the focus back', async () => {
  await shows(hosted());
  const more = all('person-menu')[0]!;
  expect(more.getAttribute('aria-expanded')).toBe('false');
  await press(more);
  expect(more.getAttribute('aria-expanded')).toBe('true');
  expect(document.getElementById(more.getAttribute('aria-controls')!)!.getAttribute('aria-label')).toContain('Luc');
  await press(find('grant'));
  await press(find('mute-person'));
  expect(done).toEqual([{ type: 'grant', id: 2, on: true }, { type: 'mute', id: 2, on: true }]);
  await shows(hosted({ people: hosted().people.map((p) => p.id === 2 ? { ...p, drives: true, muted: true } : p), rules: { ...hosted().rules, drive: 'chosen' } }));
  expect(plain(find('grant')!.textContent)).toBe('Take the remote back');
  await press(find('mute-person'));
  expect(done.at(-1)).toEqual({ type: 'mute', id: 2, on: false });
  expect(find('is-remote')!.textContent).toBe('has the remote');
  find('grant')!.focus();
  await act(() => { find('grant')!.dispatchEvent(new KeyboardEvent('keydown', { key: 'Escape', bubbles: true })); });
  expect(find('grant')).toBeNull();
  expect(document.activeElement).toBe(more);
});

test('one menu is open at a time, and a colour tried in one that closes is not kept', async () => {
  await shows(hosted());
  const mine = myHue.value;
  await press(find('me-menu'));
  await act(() => setHue(mine === 205 ? 48 : 205));
  await press(all('person-menu')[1]);
  expect([find('my-name'), all('kick').length]).toEqual([null, 1]);
  expect(myHue.value).toBe(hosted().people[0]!.hue);
  await press(all('person-menu')[0]);
  expect(all('kick').length).toBe(1);
});

test('a kick says first what it cannot do, and may shut the door behind', async () => {
  await shows(hosted());
  await press(all('person-menu')[1]);
  await press(find('kick'));
  expect(done).toEqual([]);
  expect(plain(place.querySelector('dialog')!.textContent)).toMatch(/Remove Zoé\?.*gets the new one.*can come in again, under any name/);
  await press(find('kick-approve'));
  await press(find('kick-yes'));
  expect(done).toEqual([{ type: 'rules', rules: { approve: true } }, { type: 'kick', id: 3 }]);
  expect(place.querySelector('dialog')).toBeNull();
});

test('each rule is one tap, and says what it does', async () => {
  await shows(hosted());
  await press(find('rules'));
  for (const t of ['drive-everyone', 'wait-never', 'rule-locked', 'rule-approve', 'rule-quiet']) await press(find(t));
  expect(done).toEqual([{ drive: 'everyone' }, { wait: 'never' }, { locked: true }, { approve: true }, { muted: true }].map((rules) => ({ type: 'rules', rules })));
  await shows(hosted({ rules: { drive: 'everyone', wait: 'never', locked: true, approve: true, muted: true } }));
  expect(find<HTMLInputElement>('drive-everyone')!.checked).toBe(true);
  expect(find<HTMLInputElement>('rule-locked')!.checked).toBe(true);
  expect(place.textContent).toContain('Anybody plays');
});

test('a guest reads which rules hold', async () => {
  await shows(aView({ rules: { drive: 'chosen', wait: 'auto', locked: true, approve: true, muted: true } }));
  expect(all('rules-now')[0]!.innerText ?? all('rules-now')[0]!.textContent).toMatch(/chooses who has the remote.*locked.*quiet/s);
});

test('who knocks and who asks is answered by one tap, in the panel or over the film, never in both', async () => {
  const v = hosted({ knocking: [{ id: 9, name: 'Mia', hue: 142 }] });
  view.value = { ...v, people: v.people.map((p) => p.id === 3 ? { ...p, asks: true } : p) };
  await act(() => render(<><People /><Calls full={false} /></>, place));
  expect([all('knock').length, all('asks').length]).toEqual([1, 1]);
  await press(find('knock-yes'));
  await press(find('asks-no'));
  expect(done).toEqual([{ type: 'admit', id: 9, on: true }, { type: 'grant', id: 3, on: false }]);
  await act(() => { panel.value = 'chat'; });
  expect(plain(place.querySelector('.summons')!.textContent)).toMatch(/Mia is at the door.*and 1 other/);
  await press(place.querySelector<HTMLElement>('.summons [data-test=knock-no]'));
  expect(done.at(-1)).toEqual({ type: 'admit', id: 9, on: false });
});

test('the focus of who answers by keyboard goes on to the next, that of who clicks stays with the film', async () => {
  const knocking = [{ id: 8, name: 'Max', hue: 1 }, { id: 9, name: 'Mia', hue: 142 }];
  await shows(hosted({ knocking }));
  const yes = find('knock-yes')!;
  yes.focus();
  await act(() => { yes.dispatchEvent(new MouseEvent('click', { bubbles: true, detail: 1 })); });
  await shows(hosted({ knocking: knocking.slice(1) }));
  expect(document.activeElement).toBe(document.body);
  find('knock-yes')!.focus();
  await press(find('knock-yes')); // detail 0, as by a key
  await shows(hosted({ knocking: [{ id: 10, name: 'Sam', hue: 1 }] }));
  expect(document.activeElement).toBe(find('knock-yes'));
});

test('one’s name and colour are taken together, or left', async () => {
  await shows(aView());
  await press(find('me-menu'));
  const field = find<HTMLInputElement>('my-name')!;
  field.value = ' Lucien ';
  await act(() => { field.dispatchEvent(new Event('input', { bubbles: true })); });
  await press(place.querySelectorAll<HTMLElement>('.hues button')[5]);
  expect(done).toEqual([]);
  await act(() => { find('my-name')!.closest('form')!.dispatchEvent(new Event('submit', { bubbles: true, cancelable: true })); });
  expect(done).toEqual([{ type: 'rename', name: 'Lucien', hue: 322 }]);
  expect(document.activeElement).toBe(find('me-menu'));
});

test('the ready check names who is missing, asks the others, and only who drives may start anyway', async () => {
  const people = hosted().people.map((p) => ({ ...p, me: p.id === 2, ready: p.id === 1 }));
  const v = aView({ check: { by: 1, since: 0 }, people });
  await act(() => { view.value = v; render(<ReadyCheck v={v} />, place); });
  expect(plain(find('ready-check')!.textContent)).toMatch(/Ana asks: are you ready\?.*You and Zoé are not ready yet/);
  expect(find('start-anyway')).toBeNull();
  await press(find('ready'));
  expect(done).toEqual([{ type: 'ready', on: true }]);
  const h = hosted({ check: { by: 1, since: 0 }, people: hosted().people.map((p) => ({ ...p, ready: p.id === 1 })) });
  await act(() => { view.value = h; render(<ReadyCheck v={h} />, place); });
  expect(plain(find('not-ready')!.textContent)).toContain('Luc and Zoé are not ready yet');
  await press(find('start-anyway'));
  await press(find('check-stop'));
  expect(done.slice(1)).toEqual([{ type: 'countdown', seconds: 3 }, { type: 'check', on: false }]);
});

test.each([[2999, 3], [2001, 3], [2000, 2], [1, 1], [0, 0], [-50, 0]])('with %i ms left the countdown shows %i', (left, n) => {
  expect(numeral(left)).toBe(n);
});

test('the countdown counts to the party’s instant and is said once', async () => {
  vi.useFakeTimers();
  try {
    view.value = hosted({ countdown: { at: performance.now() + 2900 } });
    await act(() => render(<Countdown />, place));
    const seen = [];
    for (let i = 0; i < 4; i++) {
      seen.push(place.querySelector('.counting b')?.textContent ?? '');
      expect(place.querySelector('[role=status]')!.textContent).toBe('The film starts in 3 seconds');
      await act(() => { vi.advanceTimersByTime(1000); });
    }
    expect(seen).toEqual(['3', '2', '1', '']);
  } finally {
    vi.useRealTimers();
  }
});

test('who may not write is told why, and only while they may not', () => {
  const may = { drive: false, chat: false, everyone: false };
  expect(hush(aView({ may }))).toMatch(/muted you/);
  expect(hush(aView({ may, rules: { ...aView().rules, muted: true } }))).toMatch(/only the host writes/);
  expect(hush(aView())).toBe('');
  expect(hush(aView({ phase: 'broken' }))).toMatch(/waits here/);
});

test.each([[true, 390, 844, 'phone'], [true, 844, 390, 'phone'], [true, 768, 1024, 'computer'], [false, 390, 844, 'computer']] as const)(
  'touched: %s, %i by %i is a %s', (coarse, w, h, want) => { expect(deviceOf(coarse, w, h)).toBe(want); });

test('every rule that may change has a line for the chat in every language, and an unknown one too', async () => {
  for (const l of languages) {
    await speak(l);
    const said = Object.keys(inside().became).map(became);
    expect(new Set(said).size).toBe(said.length);
    for (const s of [...said, became('of-a-newer-host')]) expect(s).toMatch(/\S{3}/);
  }
});

test('whose tab is hidden has a sign, in words too', async () => {
  view.value = hosted({ people: [aPerson({ id: 1, name: 'Ana', host: true, me: true }), aPerson({ id: 2, hidden: true })] });
  await act(() => render(<People />, place));
  expect(all('is-hidden').map((m) => plain(m.textContent))).toEqual(['tab in the background']);
  expect(plain(all('person')[1]!.textContent)).toContain('Luc');
  expect(all('person')[1]!.contains(find('is-hidden'))).toBe(true);
});

test('who is here by a relay is said to be', async () => {
  view.value = hosted({ people: [aPerson({ id: 1, name: 'Ana', host: true, me: true }), aPerson({ id: 2, relayed: true }), aPerson({ id: 3, name: 'Zoé' })] });
  await act(() => render(<People />, place));
  expect(all('relayed').map((m) => plain(m.textContent))).toEqual(['by a relay']);
  expect(all('person')[1]!.contains(find('relayed'))).toBe(true);
});
