// When the page may draw. Drawing a new view took most of the 150 ms that a start has for lead, in every browser of a party
// at once, and the films were called 20 to 80 ms late; on two cores the first of three pages to draw that it stood kept the
// others from standing for as long. Nobody sees that a page is a third of a second older.
import type { View } from './peer';

const answers = 400; // ms in which a page answers its own person at once, whatever that costs the film

/** Keeps back what show is given while calm() tells for how many ms to draw nothing, and then shows the newest. What the
 * person on this page just did, and another phase, are shown at once. */
export function calmly(calm: () => number, show: (v: View) => void): (v: View) => void {
  let held: View | null = null;
  let shown: View['phase'] | '' = '';
  let touched = -Infinity;
  for (const type of ['pointerdown', 'keydown']) {
    addEventListener(type, () => { touched = performance.now(); }, { capture: true, passive: true });
  }
  const reveal = (v: View) => {
    held = null;
    shown = v.phase;
    show(v);
  };
  return (v) => {
    const wait = performance.now() - touched < answers || v.phase !== shown ? 0 : calm();
    if (wait === 0) {
      reveal(v);
      return;
    }
    if (held === null) setTimeout(() => { if (held) reveal(held); }, wait);
    held = v;
  };
}
