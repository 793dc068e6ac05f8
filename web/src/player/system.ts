// What the system offers round a film: its media keys, and a screen that stays lit.
import type { Intent } from '../peer';

/** Ties the keyboard's and the headset's media keys to wishes for the whole room: acting on the film alone would part
 * this person from the others. */
export function hardwareKeys(here: () => number, wish: (i: Intent) => void): void {
  if (!('mediaSession' in navigator)) return;
  const handlers: [MediaSessionAction, (d: MediaSessionActionDetails) => void][] = [
    ['play', () => wish({ type: 'play' })],
    ['pause', () => wish({ type: 'pause' })],
    ['stop', () => wish({ type: 'pause' })],
    ['seekbackward', (d) => wish({ type: 'seek', position: Math.max(0, here() - (d.seekOffset ?? 10)) })],
    ['seekforward', (d) => wish({ type: 'seek', position: here() + (d.seekOffset ?? 10) })],
    ['seekto', (d) => { if (d.seekTime !== undefined) wish({ type: 'seek', position: d.seekTime }); }],
  ];
  for (const [action, f] of handlers) {
    try {
      navigator.mediaSession.setActionHandler(action, f);
    } catch { /* this browser has no such key */ }
  }
}

/** For the system's own media controls. */
export function describe(title: string, playing: boolean): void {
  if (!('mediaSession' in navigator)) return;
  navigator.mediaSession.metadata = typeof MediaMetadata === 'undefined' ? null
    : new MediaMetadata({ title, artist: 'Toile', artwork: [{ src: '/icons/512.png', sizes: '512x512', type: 'image/png' }] });
  navigator.mediaSession.playbackState = playing ? 'playing' : 'paused';
}

/** Where the film is, in seconds, for the system's own bar; without a duration it shows none. */
export function locate(position: number, duration: number, rate: number): void {
  if (!('mediaSession' in navigator)) return;
  try {
    if (duration > 0 && rate > 0) navigator.mediaSession.setPositionState?.({ duration, playbackRate: rate, position: Math.min(Math.max(0, position), duration) });
    else navigator.mediaSession.setPositionState?.();
  } catch { /* an endless film */ }
}

/** Keeps the screen lit. The system takes the lock back when the page is hidden. */
export class Lamp {
  #lock: WakeLockSentinel | null = null;

  light(on: boolean): void {
    if (!on) {
      this.#lock?.release().catch(() => {});
      this.#lock = null;
    } else if (!this.#lock || this.#lock.released) {
      navigator.wakeLock?.request('screen').then((lock) => { this.#lock = lock; }, () => {});
    }
  }
}

/** Whether the volume is the page's to set: iPhones leave it to their buttons. */
export function leavesVolume(v: HTMLMediaElement): boolean {
  const { volume } = v;
  v.volume = volume > 0.5 ? 0.4 : 0.6;
  const leaves = v.volume !== volume;
  v.volume = volume;
  return leaves;
}
