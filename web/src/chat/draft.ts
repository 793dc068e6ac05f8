// What is being written. It outlives the panel and a broken connection: nothing typed is lost.
import { computed, effect, signal } from '@preact/signals';
import type { Line } from '../peer';
import { peer, view } from '../store';

export const draft = signal('');
/** The seq of the line that is answered; 0: none. */
export const answers = signal(0);

export const answered = computed<Line | undefined>(() => {
  const seq = answers.value;
  return seq === 0 ? undefined : view.value?.lines.find((l) => l.seq === seq && !l.erased);
});

const sayAgain = 3000; // ms: the host forgets after five seconds that somebody writes

/** Tells the others that this person writes, while they do. Returns what ends it. */
export function tellTyping(): () => void {
  let told = 0;
  return effect(() => {
    const writes = draft.value.trim() !== '';
    const now = performance.now();
    if (writes ? now - told < sayAgain : told === 0) return;
    told = writes ? now : 0;
    peer.peek()?.do({ type: 'typing', on: writes });
  });
}
