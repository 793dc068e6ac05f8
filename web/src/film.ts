// Gives the player the film that is on: an address, or each person's own copy of a file.
import { computed, effect, signal, untracked } from '@preact/signals';
import { foreignSite, judge } from './address';
import type { Media } from './peer';
import { Player } from './player';
import { describe, locate } from './player/system';
import { recall, remember } from './memory';
import { chatOnly, driving, peer, playing, positionAt, setWantsSound, view, wantsSound } from './store';

export const player = new Player();

/** The file that plays here: the host's, or a guest's copy. */
export const copy = signal<File | null>(null);
const copyOf = signal(0); // the id of the film it is a copy of
/** The person was told that their copy differs, and keeps it. */
export const mismatchKept = signal(0);

/** The sites that this person agreed to load films from: each sees the address of whoever does. */
const agreed = new Set<string>();
const siteOf = (media: Media | null | undefined) => media?.kind === 'url' ? foreignSite(media.url, location.href) : '';

/** The film that is on, while the person has not agreed to its site. */
export const unagreed = signal<Media | null>(null);

/** To be called inside the handler of a tap by somebody who reads there which site a film comes from. */
export function agree(media: Media | null | undefined): void {
  agreed.add(siteOf(media));
  const held = unagreed.value;
  if (!held || !agreed.has(siteOf(held))) return;
  player.unlock();
  unagreed.value = null;
  player.load(held.url);
}

/** A film that the host has chosen and that the party does not know yet. */
let coming: File | null = null;

/** To be called inside the handler of the host's tap. */
export function prepare(file: File | null): void {
  coming = file;
  player.unlock();
}

/** Plays a copy of the film that is on. */
export function playCopy(file: File): void {
  const media = view.value?.media;
  if (!media) return;
  copy.value = file;
  copyOf.value = media.id;
  unagreed.value = null;
  player.load(file);
}

/** Whoever is in the theatre needs to choose a copy of the film. */
export const pickNeeded = computed(() => view.value?.media?.kind === 'file' && copyOf.value !== view.value.media.id);

export interface Mismatch { kind: 'size' | 'length'; mine: number; theirs: number }

/** How the copy differs from the host's, if it does. */
export function compare(media: Pick<Media, 'size' | 'duration'>, size: number, duration: number): Mismatch | null {
  if (media.duration > 0 && duration > 0 && Math.abs(media.duration - duration) > 2) {
    return { kind: 'length', mine: duration, theirs: media.duration };
  }
  return media.size > 0 && size !== media.size ? { kind: 'size', mine: size, theirs: media.size } : null;
}

export const mismatch = computed<Mismatch | null>(() => {
  const v = view.value;
  if (!v?.media || v.role === 'host' || !copy.value || copyOf.value !== v.media.id || mismatchKept.value === v.media.id
    || player.film.value === 'failed') return null;
  return compare(v.media, copy.value.size, player.duration.value);
});

let loaded = 0; // the id of the film that the player has

function show(media: Media | null, host: boolean): void {
  if ((media?.id ?? 0) === loaded) return;
  loaded = media?.id ?? 0;
  copy.value = null;
  copyOf.value = 0;
  unagreed.value = null;
  if (media?.kind === 'url') {
    const verdict = judge(media.url, location.href);
    if (verdict === 'ok' && !host && siteOf(media) && !agreed.has(siteOf(media))) {
      player.unload();
      unagreed.value = media; // who sat down agreed to the site that the ticket named, and to no other
    } else if (verdict === 'ok') player.load(media.url);
    else player.refuse(verdict !== 'bad' ? 'film-insecure' : 'film-not-found');
  } else if (media && host && coming) {
    playCopy(coming);
  } else {
    player.unload();
  }
  coming = null;
}

/** Ties the player to the party. */
export function startFilm(): void {
  const volume = Number(recall('volume') ?? 1);
  player.setVolume(volume >= 0 && volume <= 1 ? volume : 1);
  player.setMuted(!wantsSound.value);
  player.observe = (...o) => peer.value?.observe(...o);
  player.intent = (i) => { if (driving.value) peer.value?.do(i); };
  effect(() => { remember('volume', String(player.volume.value)); });
  effect(() => {
    const quiet = !wantsSound.value;
    untracked(() => player.setMuted(quiet));
  });
  // In the lobby nothing is fetched yet: a film's site would see the address of somebody who only looks in.
  const on = computed(() => {
    const v = view.value;
    if (chatOnly.value && v?.role !== 'host') return null;
    return v && (v.phase === 'theatre' || v.phase === 'broken' || (v.role === 'host' && v.phase === 'connecting')) ? v.media : null;
  });
  effect(() => {
    const media = on.value;
    untracked(() => show(media, view.value?.role === 'host'));
  });
  effect(() => {
    const [p, state] = [peer.value, player.film.value];
    untracked(() => p?.do({ type: 'film', state }));
  });
  const title = computed(() => view.value?.media?.title || view.value?.media?.name || 'Toile');
  effect(() => { describe(title.value, playing.value); });
  const timeline = computed(() => view.value?.timeline.at);
  effect(() => {
    const [end] = [player.duration.value, timeline.value, playing.value];
    untracked(() => { if (view.value) locate(positionAt(view.value, performance.now(), end), end, view.value.timeline.speed); });
  });
}

export function setMuted(muted: boolean): void { setWantsSound(!muted); }
