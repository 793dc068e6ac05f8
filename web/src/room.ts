// A host's room, kept for as long as this tab lives and its party does: a reload opens the same room, and the link stays
// good. Kept are the room's keys, the film and where it is, and the rules; the chat is kept nowhere.
import { forgetHere, recallHere, rememberHere } from './memory';
import type { Choice, Peer, Rules, View } from './peer';
import { positionAt } from './store';

const key = 'room';
const away = 60_000; // ms after which a film that played waits where it was: it was no reload

export interface Kept { room: string; media: Choice | null; position: number; playing: boolean; speed: number; at: number; rules: Rules }

let kept = 0;

/** Writes the room down, once a second at most; whole is the page's last chance. */
export function keepRoom(p: Peer, v: View, whole = false): void {
  if (v.phase !== 'theatre' || !whole && performance.now() - kept < 1000) return;
  kept = performance.now();
  const { rate, speed, resuming } = v.timeline;
  let media: Choice | null = null;
  if (v.media) {
    const { id: _, ...rest } = v.media;
    media = rest;
  }
  rememberHere(key, JSON.stringify({
    room: p.room(), media, position: positionAt(v, performance.now(), v.media?.duration ?? 0), playing: rate > 0 || resuming, speed,
    at: Date.now(), rules: v.rules,
  } satisfies Kept));
}

export function forgetRoom(): void { forgetHere(key); }

export function keptRoom(): Kept | null {
  const text = recallHere(key);
  return text === null ? null : JSON.parse(text) as Kept; // this page's own words
}

/** Puts the party back to where it would be by now. */
export function restore(p: Peer, k: Kept, now = Date.now()): void {
  // Nobody of those who come back is known to this new host: a locked door would stay shut to them, so they knock.
  p.do({ type: 'rules', rules: { ...k.rules, locked: false, approve: k.rules.approve || k.rules.locked } });
  if (!k.media) return;
  const gone = Math.max(0, now - k.at);
  const goesOn = k.playing && gone < away;
  const position = k.position + (goesOn ? gone / 1000 * k.speed : 0);
  p.do({ type: 'restore', position, speed: k.speed, playing: goesOn });
}
