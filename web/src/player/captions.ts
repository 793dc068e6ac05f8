// The film's own captions. The browser reads the tracks and keeps them hidden; the page draws the lines itself, so that
// they look alike everywhere, keep clear of the controls and come along into full screen.
import { signal } from '@preact/signals';
import type { Cue } from './subtitles';

export interface Track { id: number; label: string; language: string }

export class Captions {
  readonly tracks = signal<readonly Track[]>([]);
  readonly chosen = signal(-1); // an index into tracks; -1: none
  readonly lines = signal<readonly string[]>([]);

  readonly #list: TextTrackList;
  #read: TextTrack | null = null; // the track whose cues are drawn
  readonly #files: TextTrack[] = []; // tracks that came from files
  readonly #gone = new WeakSet<TextTrack>(); // tracks from files, of a film before: a page can add a track, not take it away
  #last = ''; // the language that was read last, to be found again in the next film

  constructor(list: TextTrackList, language = '') {
    this.#list = list;
    this.#last = language;
    for (const type of ['addtrack', 'removetrack']) list.addEventListener(type, () => this.#count());
    // A browser that was told to prefer captions shows a track by itself: it becomes the chosen one.
    list.addEventListener('change', () => {
      const shown = this.#own().findIndex((t) => t.mode === 'showing');
      if (shown >= 0) this.choose(shown);
    });
  }

  choose(i: number): void {
    const own = this.#own();
    const track = own[i] ?? null;
    if (this.#read) this.#read.oncuechange = null;
    for (const t of own) t.mode = t === track ? 'hidden' : 'disabled';
    this.#read = track;
    this.chosen.value = track ? i : -1;
    if (track) {
      this.#last = track.language;
      track.oncuechange = () => this.#draw();
    }
    this.#draw();
  }

  /** Off, or on in the language that was read last, else the first. */
  toggle(): void {
    if (this.chosen.value >= 0) this.choose(-1);
    else this.choose(Math.max(0, this.#own().findIndex((t) => t.language === this.#last)));
  }

  /** Fills a track that the element was given for a file of subtitles, and chooses it. */
  add(track: TextTrack, cues: readonly Cue[]): void {
    for (const c of cues) track.addCue(new VTTCue(c.from, c.to, c.text));
    this.#files.push(track);
    this.#count();
    this.choose(this.#own().indexOf(track));
  }

  /** Another film: what was read from files was for the last one. */
  forget(): void {
    if (this.#files.length === 0) return;
    this.choose(-1);
    for (const t of this.#files.splice(0)) this.#gone.add(t);
    this.#count();
  }

  #own(): TextTrack[] {
    return [...this.#list].filter((t) => (t.kind === 'subtitles' || t.kind === 'captions') && !this.#gone.has(t));
  }

  #count(): void {
    const own = this.#own();
    this.tracks.value = own.map((t, id) => ({ id, label: t.label, language: t.language }));
    const i = this.#read ? own.indexOf(this.#read) : -1;
    if (this.#read && i < 0) this.choose(-1); // it went with its film
    else this.chosen.value = i;
  }

  #draw(): void {
    const cues = [...this.#read?.activeCues ?? []];
    this.lines.value = cues.flatMap((c) => plain('text' in c ? String(c.text) : '')).filter((l) => l !== '');
  }
}

/** A cue's lines without WebVTT's tags and escapes: https://www.w3.org/TR/webvtt1/#cue-text */
export function plain(cue: string): string[] {
  const escapes: Record<string, string> = { amp: '&', lt: '<', gt: '>', nbsp: '\u00a0', lrm: '\u200e', rlm: '\u200f' };
  return cue.replace(/<[^>]*>/g, '').replace(/&(\w+);/g, (whole, name: string) => escapes[name] ?? whole)
    .split(/\r\n|[\r\n]/).map((l) => l.trim());
}
