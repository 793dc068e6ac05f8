// A phone beside a television: the chat alone. The film is let go here, so that it costs nothing and nobody waits for it.
import { Icon } from '../parts/icon';
import { tvIcon } from './icons';
import { chatOnly, view } from '../store';
import { inside } from '../text';

export function Only() {
  const w = inside().talk;
  if (view.value?.role === 'host') return null; // everybody follows the host's film
  return (
    <button type="button" class="ib only" aria-pressed={chatOnly.value} aria-label={w.only} title={w.onlyHint} data-test="chat-only"
      onClick={() => { chatOnly.value = !chatOnly.value; }}><Icon of={tvIcon} /></button>
  );
}

export function OnlyNote() {
  const w = inside().talk;
  if (!chatOnly.value) return null;
  return (
    <div class="onlynote"><Icon of={tvIcon} /><span>{w.onlyHint}</span>
      <button type="button" class="btn g sm" data-test="show-film" onClick={() => { chatOnly.value = false; }}>{w.film}</button>
    </div>
  );
}
