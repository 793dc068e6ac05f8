// What the page knows. The peer's last view is the truth about the party; the rest is this window's own.
import { computed, signal } from '@preact/signals';
import type { Code } from './codes';
import { recall, recallHere, remember, rememberHere } from './memory';
import type { Line, Peer, Person, View } from './peer';

export const view = signal<View | null>(null);
export const peer = signal<Peer | null>(null);

/** What keeps the page from any party at all. */
export const trouble = signal<Code | ''>('');
/** A door was opened, and the peer is on its way. */
export const opening = signal<'' | 'host' | 'guest'>('');
/** Leads back into the party that this tab was in, for who opened the page anew and may want it or not. */
export const wayBack = signal<(() => void) | null>(null);
/** A seat was asked for; it is given when the host answers. */
export const seatWanted = signal(false);
/** The person was inside, so that an end is a farewell and not a door that stayed shut. */
export const wasInside = signal(false);

export type Phase = View['phase'] | 'landing';
export const phase = computed<Phase>(() => {
  if (trouble.value) return 'ended';
  if (view.value) return view.value.phase;
  return opening.value ? 'connecting' : 'landing';
});

// Who sits here, kept for the next time.

export const hues = [22, 48, 142, 205, 268, 322] as const;
export const myName = signal(recall('name') ?? '');
export const myHue = signal(storedHue());
export const wantsSound = signal(recall('muted') !== 'yes');

function storedHue(): number {
  const kept = Number(recall('hue') ?? recallHere('hue') ?? NaN);
  const hue = (hues as readonly number[]).includes(kept) ? kept : hues[Math.floor(Math.random() * hues.length)]!;
  rememberHere('hue', String(hue)); // who is here again after a reload is who they were
  return hue;
}

export function setName(name: string): void {
  myName.value = name;
  remember('name', name);
}
export function setHue(hue: number): void {
  myHue.value = hue;
  remember('hue', String(hue));
}
/** Who never chose a colour takes one that nobody there has, as long as there is one. */
export function standApart(people: readonly Person[]): void {
  const has = (hue: number) => people.some((p) => p.hue === hue);
  const free = hues.filter((hue) => !has(hue));
  if (recall('hue') !== null || !has(myHue.value)) return;
  myHue.value = free[Math.floor(Math.random() * free.length)] ?? myHue.value;
  rememberHere('hue', String(myHue.value));
}
export function setWantsSound(wants: boolean): void {
  wantsSound.value = wants;
  remember('muted', wants ? 'no' : 'yes');
}

// What follows from the view.

export const host = computed<Person | undefined>(() => view.value?.people.find((p) => p.host));
export const driving = computed(() => view.value?.may.drive ?? false);
/** The film runs for the party, or will as soon as everybody stands ready. */
export const playing = computed(() => {
  const line = view.value?.timeline;
  return line !== undefined && (line.rate > 0 || line.resuming);
});

/** Where the party's film is at an instant of performance.now(). */
export function positionAt(v: View, now: number, duration: number): number {
  const { position, rate, at } = v.timeline;
  const p = position + Math.max(0, now - at) / 1000 * rate;
  return duration > 0 ? Math.min(p, duration) : p;
}

// The panel beside the film, and what was said while nobody looked at it.

export const panel = signal<'chat' | 'people'>('chat');
export const panelOpen = signal(true);
/** This screen is for the chat: the film plays on another one. */
export const chatOnly = signal(false);
/** This host's page was loaded anew: what was said before is gone. */
export const restored = signal(false);
export const seen = signal(0); // number of others' lines that were seen

export function saidByOthers(lines: readonly Line[]): number {
  let n = 0;
  for (const l of lines) if (l.kind === 'text' && !l.mine) n++;
  return n;
}
const said = computed(() => saidByOthers(view.value?.lines ?? []));
export const unread = computed(() => Math.max(0, said.value - seen.value));
export function readAll(): void { seen.value = said.value; }
