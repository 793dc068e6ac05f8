// Whether a film can be played on.

const nearlyHere = 2; // HAVE_CURRENT_DATA
const playable = 3; // HAVE_FUTURE_DATA
const plenty = 10; // s
const look = 400; // ms

type Element = Pick<HTMLMediaElement, 'currentTime' | 'duration' | 'paused' | 'seeking' | 'readyState'>;

/**
 * HTML's readyState, as far as it can be believed. WebKitGTK leaves it at HAVE_CURRENT_DATA however much of the film is here,
 * while the film stands and also while it plays, and a room would wait for it in vain. Elsewhere a film that plays in that
 * state has stopped for want of data or of a processor; so it is disbelieved there once the film was seen to move on in it.
 */
export class Readiness {
  /** The film was seen to play in the state of one that has stopped. */
  doubted = false;
  #since: { at: number; position: number } | null = null; // when it began to play in that state

  /** bufferedEnd: up to where (s) the film is here without a gap. */
  constructor(private readonly v: Element, private readonly bufferedEnd: () => number) {}

  /** To be called now and then, at the time at in ms. */
  state(at: number): number {
    const { v } = this;
    if (v.readyState !== nearlyHere || v.seeking) {
      this.#since = null;
      return v.readyState;
    }
    if (!v.paused && !this.#plays(at)) return nearlyHere;
    const end = this.bufferedEnd();
    return end - v.currentTime >= plenty || (end > 0 && end >= v.duration - 0.1) ? playable : nearlyHere;
  }

  #plays(at: number): boolean {
    const position = this.v.currentTime;
    const since = this.#since ??= { at, position };
    if (!this.doubted && at - since.at >= look) {
      this.doubted = (position - since.position) * 1000 > (at - since.at) / 2;
      this.#since = { at, position };
    }
    return this.doubted;
  }
}
