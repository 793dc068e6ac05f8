// The remote control. No button acts on the film: each sends a wish, and the host's answer moves everybody.
import { computed, signal, type ReadonlySignal } from '@preact/signals';
import { player } from './film';
import type { Intent } from './peer';
import { driving, peer, phase, playing, positionAt, view } from './store';
import { inside } from './text';

export const speeds = [0.5, 0.75, 1, 1.25, 1.5, 1.75, 2] as const;

type Words = string | ReadonlySignal<string>;
const said = signal<Words>('');

/** A short word about what was just tried. */
export const toast = computed(() => typeof said.value === 'string' ? said.value : said.value.value);
let fading: ReturnType<typeof setTimeout> | undefined;

/** What may cease to be true is said by a signal, and then no longer than it is. */
export function say(words: Words): void {
  said.value = words;
  clearTimeout(fading);
  fading = setTimeout(() => { said.value = ''; }, 2500);
}

export const duration = computed(() => player.duration.value > 0 ? player.duration.value : view.value?.media?.duration ?? 0);

/** Where one jumped to, until the host's answer is here: a second jump goes on from the first. */
let jump = { to: 0, until: 0 };

/** Where the film is for the party. */
export function here(): number {
  const now = performance.now();
  const v = view.value;
  if (now < jump.until) return jump.to;
  return v ? positionAt(v, now, duration.value) : 0;
}

export function toggle(): void { wish({ type: playing.value ? 'pause' : 'play' }); }
export function setSpeed(rate: number): void { wish({ type: 'rate', rate }); }
export function faster(): void { step(speeds.find((s) => s > pace())); }
export function slower(): void { step(speeds.findLast((s) => s < pace())); }
function pace(): number { return view.value?.timeline.speed ?? 1; }
function step(rate: number | undefined): void { if (rate !== undefined) setSpeed(rate); }
export function seekBy(seconds: number): void { seekTo(here() + seconds); }
export function seekTo(position: number): void {
  const end = duration.value;
  const to = Math.max(0, end > 0 ? Math.min(position, end) : position);
  if (wish({ type: 'seek', position: to })) jump = { to, until: performance.now() + 600 };
}

/** Why this person may not drive, and who may; empty for who may. */
export const refusal = computed(() => {
  if (driving.value) return '';
  const w = inside().player;
  if (phase.value === 'broken') return w.notNow;
  const drivers = view.value?.people.filter((p) => p.drives || p.host) ?? [];
  return drivers.length > 1 ? w.drivers(drivers.slice(0, 2).map((p) => p.name), drivers.length) : w.notYours;
});

/** Whether one could ask for the remote, and whether one does. */
export const asking = computed<'no' | 'could' | 'does'>(() => {
  if (driving.value || phase.value !== 'theatre') return 'no';
  return view.value?.people.find((p) => p.me)?.asks ? 'does' : 'could';
});
export function askRemote(on: boolean): void { peer.value?.do({ type: 'ask-remote', on }); }

/** Where the film goes back to if the last jump is taken back. */
export function undo(): void { wish({ type: 'undo' }); }

function wish(i: Intent): boolean {
  if (!driving.value) say(refusal);
  else peer.value?.do(i);
  return driving.value;
}
