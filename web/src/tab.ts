// The browser's tab tells the state of the film to whoever looks elsewhere: in its title and in its icon.
import { effect } from '@preact/signals';
import { player } from './film';
import { calls } from './people/calls';
import { playing, unread, view } from './store';
import { inside } from './text';

export type TabState = 'playing' | 'paused' | 'waiting';

const signs: Record<TabState, [sign: string, drawn: string]> = {
  playing: ['▶ ', "<path d='M12 10v12l11-6z' fill='%230b090e'/>"],
  paused: ['⏸ ', "<path d='M11 11h4v10h-4zM18 11h4v10h-4z' fill='%230b090e'/>"],
  waiting: ['… ', "<path d='M8 14h4v4H8zM14 14h4v4h-4zM20 14h4v4h-4z' fill='%230b090e'/>"],
};

/** Toile's lit screen, and on it what the film does. */
export function icon(state: TabState): string {
  return "data:image/svg+xml,%3Csvg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 32 32'%3E%3Crect width='32' height='32' rx='8' fill='%230b090e'/%3E"
    + `%3Cpath d='M3 7l26-3v24l-26-3z' fill='%23ffbe6b'/%3E${signs[state][1].replace('<', '%3C').replace('>', '%3E')}%3C/svg%3E`;
}

/** waiting: unread lines, and people who wait for the host's answer. */
export function title(state: TabState, film: string, waiting: number): string {
  return `${waiting > 0 ? `(${waiting}) ` : ''}${film ? signs[state][0] + inside().room.title(film) : 'Toile'}`;
}

/** Keeps the tab true until the returned function is called, which gives the tab its old face back. */
export function tellState(): () => void {
  const link = document.querySelector<HTMLLinkElement>('link[rel=icon]');
  const plain = link?.href ?? '';
  const stop = effect(() => {
    const v = view.value;
    const state = !playing.value ? 'paused' : v?.waiting || v?.timeline.resuming || player.waiting.value ? 'waiting' : 'playing';
    const words = title(state, v?.media?.title || v?.media?.name || '', unread.value + calls.value.length);
    if (document.title !== words) document.title = words; // to the browser, the same words are a change
    const face = icon(state);
    if (link && link.href !== face) link.href = face;
  });
  return () => {
    stop();
    document.title = 'Toile';
    if (link) link.href = plain;
  };
}
