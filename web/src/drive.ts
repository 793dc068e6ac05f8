// The remote control. No button acts on the film: each sends a wish, and the host's answer moves everybody.
import { computed, signal } from '@preact/signals';
import { player } from './film';
import type { Intent } from './peer';
import { driving, peer, phase, playing, positionAt, view } from './store';
import { t } from './text';

export const speeds = [0.5, 0.75, 1, 1.25, 1.5, 1.75, 2] as const;

/** A short word about what was just tried. */
export const toast = signal('');
let fading: ReturnType<typeof setTimeout> | undefined;

export function say(text: string): void {
  toast.value = text;
  clearTimeout(fading);
  fading = setTimeout(() => { toast.value = ''; }, 2500);
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
export function seekBy(seconds: number): void { seekTo(here() + seconds); }
export function seekTo(position: number): void {
  const end = duration.value;
  const to = Math.max(0, end > 0 ? Math.min(position, end) : position);
  if (wish({ type: 'seek', position: to })) jump = { to, until: performance.now() + 600 };
}

export const refusal = computed(() => driving.value ? '' : phase.value === 'broken' ? t().player.notNow : t().player.notYours);

function wish(i: Intent): boolean {
  if (!driving.value) say(refusal.value);
  else peer.value?.do(i);
  return driving.value;
}
