import type { View } from '../peer';
import { inside } from '../text';

/** Why this person may not write at the moment; empty for who may. */
export function hush(v: View | null): string {
  if (v?.phase === 'broken') return inside().hush.broken;
  if (v?.phase !== 'theatre' || v.may.chat) return '';
  return v.rules.muted ? inside().hush.all : inside().hush.you;
}
