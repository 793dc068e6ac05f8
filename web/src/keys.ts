// The keys that are in people's fingers.
import { seekBy, toggle } from './drive';

export interface Keys { full(): void; mute(): void; help(): void }

export function pressed(e: Pick<KeyboardEvent, 'key' | 'altKey' | 'ctrlKey' | 'metaKey' | 'target' | 'defaultPrevented' | 'preventDefault'>, to: Keys): void {
  if (e.defaultPrevented || e.altKey || e.ctrlKey || e.metaKey) return;
  const at = e.target instanceof Element ? e.target : null;
  if (at?.closest('input:not([type=range]):not([type=checkbox]), textarea, select, dialog')) return;
  // A key that works the focused control is that control's.
  if (e.key === ' ' && at?.closest('button, a, input, [role=log]')) return;
  if (e.key.startsWith('Arrow') && at?.closest('[role=tablist], [role=radiogroup], [data-own-arrows]')) return;
  const act = ({
    ' ': toggle, k: toggle, j: () => seekBy(-10), l: () => seekBy(10), ArrowLeft: () => seekBy(-5), ArrowRight: () => seekBy(5),
    f: to.full, m: to.mute, '?': to.help,
  } as Record<string, () => void>)[e.key.length === 1 ? e.key.toLowerCase() : e.key];
  if (!act) return;
  e.preventDefault();
  act();
}
