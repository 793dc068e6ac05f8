// The first start of an element ever takes up to 370 ms longer than later ones, so it gets one that nobody sees or hears.
import { watchSteps } from './steps';

const warmFor = 200; // ms of play
const atMost = 1500; // ms

// Not instant.ts's: what both need would be a file of its own on a first visit.
const wait = (ms: number) => new Promise<void>((done) => setTimeout(done, ms));

/** Plays a little of a film and goes back to its beginning. silent: by its volume, which the caller sets again as it does
 * muted. Returns whether the film moves in steps. */
export async function warm(v: HTMLVideoElement, silent: boolean): Promise<boolean> {
  const limit = wait(atMost);
  // Silent but not muted, so that the way to the loudspeaker is open too: the first start with sound costs 100 ms more.
  // Where the volume is not ours to set, or sound needs a tap, muted.
  if (silent) v.volume = 0;
  else v.muted = true;
  const steps = watchSteps(v);
  const run = v.play().catch(() => {
    v.muted = true;
    return v.play();
  });
  try {
    await Promise.race([run.then(() => wait(warmFor)), limit]);
  } catch { /* then it starts cold */ }
  const stepped = steps();
  v.pause();
  if (v.currentTime !== 0) {
    v.currentTime = 0;
    await Promise.race([new Promise((done) => v.addEventListener('seeked', done, { once: true })), limit]);
  }
  return stepped;
}
