// A glance at another moment of the film, while somebody points at the bar: a second video that nobody hears, made when
// it is first needed and given back soon after. Asked for with CORS, so it comes where the film's site allows that, and
// never at the cost of the film itself.
import { signal } from '@preact/signals';

const step = 1; // s: moments nearer to one another share a picture
const keptFor = 15_000; // ms without a glance, until the decoder and the connection are given back

export interface Film { source: string; calm: () => boolean }

export class Preview {
  /** True while a picture stands in the element that mount was given. */
  readonly shown = signal(false);

  #v: HTMLVideoElement | null = null;
  #place: Element | null = null;
  #source = '';
  #barred = ''; // a source that may not be looked at
  #wanted = 0;
  #asked = -1;
  #giveBack: ReturnType<typeof setTimeout> | undefined;

  mount(place: Element | null): void {
    this.#place = place;
    if (place && this.#v) place.append(this.#v);
  }

  /** Shows the film at a moment (s), as soon as that picture is here. */
  glance({ source, calm }: Film, at: number): void {
    if (!source || source === this.#barred || !calm()) return;
    clearTimeout(this.#giveBack);
    this.#giveBack = setTimeout(() => this.close(), keptFor);
    this.#wanted = Math.floor(at / step) * step;
    if (source !== this.#source) this.#open(source);
    this.#seek();
  }

  close(): void {
    clearTimeout(this.#giveBack);
    const v = this.#v;
    this.#v = null;
    this.#source = '';
    this.#asked = -1;
    this.shown.value = false;
    if (!v) return;
    v.removeAttribute('src');
    v.load(); // lets the connection go
    v.remove();
  }

  #open(source: string): void {
    this.close();
    const v = this.#v = document.createElement('video');
    this.#source = source;
    Object.assign(v, { muted: true, playsInline: true, preload: 'metadata', crossOrigin: 'anonymous', disableRemotePlayback: true,
      disablePictureInPicture: true, tabIndex: -1 });
    const on = (type: string, f: () => void) => v.addEventListener(type, () => { if (v === this.#v) f(); });
    on('loadedmetadata', () => this.#seek());
    on('seeked', () => {
      this.shown.value = true;
      this.#seek(); // the finger has moved on
    });
    on('error', () => {
      this.#barred = source;
      this.close();
    });
    this.#place?.append(v);
    v.src = source;
  }

  /** One seek at a time: the last moment wanted wins. */
  #seek(): void {
    const v = this.#v;
    if (!v || v.readyState < 1 || v.seeking || this.#wanted === this.#asked) return;
    this.#asked = this.#wanted;
    v.currentTime = this.#wanted;
  }
}
