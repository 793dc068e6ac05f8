// The keys that are in people's fingers.
import { signal } from '@preact/signals';
import { faster, seekBy, seekTo, slower, toggle, duration } from './drive';
import { recall, remember } from './memory';

/** Letters, digits and signs act on the film. Who dictates, or rests a hand on the keys, may want them not to:
 * https://www.w3.org/TR/WCAG22/#character-key-shortcuts */
export const singleKeys = signal(recall('keys') !== 'off');
export function setSingleKeys(on: boolean): void {
  singleKeys.value = on;
  remember('keys', on ? 'on' : 'off');
}

export interface Keys { full: () => void; mute: () => void; help: () => void; captions: () => void;
  /** The control that was clicked last. */
  clicked(): Element | null;
}

export function pressed(e: Pick<KeyboardEvent, 'key' | 'altKey' | 'ctrlKey' | 'metaKey' | 'target' | 'defaultPrevented' | 'preventDefault'>, to: Keys): void {
  if (e.defaultPrevented || e.altKey || e.ctrlKey || e.metaKey) return;
  if (e.key.length === 1 && e.key !== ' ' && !singleKeys.value) return;
  const at = e.target instanceof Element ? e.target : null;
  if (at?.closest('input:not([type=range]):not([type=checkbox]), textarea, select, dialog')) return;
  // A key that works the focused control is that control's. A button that was clicked has the focus too, but nobody who
  // clicked on one means it by Space any more: it is the film's again. (:focus-visible cannot tell: the key itself makes
  // it true in Chromium.)
  const control = e.key === ' ' ? at?.closest<HTMLElement>('button, a, input, [role=log]') : null;
  if (control && control !== to.clicked()) return;
  control?.blur(); // Firefox would still press it when the key comes up
  if (e.key.startsWith('Arrow') && at?.closest('[role=tablist], [role=radiogroup], [data-own-arrows]')) return;
  const act = ({
    ' ': toggle, k: toggle, j: () => seekBy(-10), l: () => seekBy(10), ArrowLeft: () => seekBy(-5), ArrowRight: () => seekBy(5),
    '<': slower, '>': faster, c: to.captions, f: to.full, m: to.mute, '?': to.help,
  } as Record<string, () => void>)[e.key.length === 1 ? e.key.toLowerCase() : e.key] ?? tenth(e.key);
  if (!act) return;
  e.preventDefault();
  act();
}

/** A digit goes to that many tenths of the film, if it is known how long the film is. */
function tenth(key: string): (() => void) | undefined {
  const end = duration.value;
  return /^[0-9]$/.test(key) && end > 0 ? () => seekTo(end * Number(key) / 10) : undefined;
}
