// What a person can do at the doors: open a room, come in, sit down, leave.
import { batch, effect, untracked } from '@preact/signals';
import { calmly } from './calm';
import { agree, prepare, player } from './film';
import { forgetInvitation, keepInvitation, keptInvitation } from './invitation';
import type { Choice, Options, View } from './peer';
import { myHue, myName, opening, peer, phase, restored, seatWanted, trouble, view, wasInside, wayBack } from './store';
import { forgetRoom, keepRoom, keptRoom, restore, type Kept } from './room';
import { t } from './text';
import { loadPeer, PeerError } from './wasm';

/** Opens a room and shows a film in it. To be called inside the handler of a tap. */
export function openRoom(media: Choice, file: File | null): void {
  prepare(file);
  forgetInvitation(); // of a party where one was a guest
  forgetRoom();
  enter({ role: 'host', invitation: '', room: '', media });
}

/** The way back into the party that this tab was in before the page was opened anew; null without one. */
export function findWayBack(): (() => void) | null {
  const invitation = keptInvitation();
  if (invitation) return () => openInvitation(invitation);
  const kept = keptRoom();
  return kept && (() => {
    player.unlock(); // it may be a tap that leads there
    coming = kept;
    enter({ role: 'host', invitation: '', room: kept.room, media: kept.media });
  });
}
let coming: Kept | null = null;

/** Comes to the door of a party. */
export function openInvitation(invitation: string): void {
  keepInvitation(invitation);
  forgetRoom();
  enter({ role: 'guest', invitation, room: '', media: null });
}

/** Takes a seat, now or when the door opens. To be called inside the handler of a tap: it lets the film sound. */
export function takeSeat(): void {
  player.unlock();
  if (view.value?.phase === 'lobby') agree(view.value.media); // the ticket says where it comes from
  seatWanted.value = true;
}

/** The host puts another film on. */
export function changeFilm(media: Choice, file: File | null): void {
  prepare(file);
  peer.value?.do({ type: 'media', media });
}

export function leave(): void { peer.value?.do({ type: 'leave' }); }

/** The page is being left: the views that still come, the goodbye's own among them, bring no invitation back. */
let going = false;

/** Back to the entrance, or to the door of the same party: with a fresh page, whatever happened in this one. */
export function goHome(): void {
  going = true;
  forgetInvitation();
  forgetRoom();
  location.assign(location.pathname);
}
export function tryAgain(): void { location.reload(); }

function enter(how: Pick<Options, 'role' | 'invitation' | 'room' | 'media'>): void {
  batch(() => {
    trouble.value = '';
    wayBack.value = null;
    opening.value = how.role;
  });
  start(how).catch((error: unknown) => {
    trouble.value = error instanceof PeerError ? error.code : 'crashed';
  });
}

async function start(how: Pick<Options, 'role' | 'invitation' | 'room' | 'media'>): Promise<void> {
  const open = await loadPeer(() => { trouble.value = 'crashed'; });
  peer.value = open({
    ...how,
    signaling: `${location.protocol === 'https:' ? 'wss' : 'ws'}://${location.host}/ws`,
    name: myName.value.trim() || t().me[how.role],
    hue: myHue.value,
    show: calmly(() => player.calm(), show),
    apply: (c) => player.apply(c),
  });
}

function show(v: View): void {
  batch(() => {
    view.value = v;
    if (v.phase === 'theatre') wasInside.value = true;
  });
  if (!going && v.role === 'guest' && v.invitation) keepInvitation(v.invitation);
  const p = peer.value;
  if (v.role !== 'host' || !p || going) return;
  if (v.phase === 'ended' && (v.code === '' || v.code === 'replaced')) forgetRoom(); // closed, or another window's now
  if (v.phase !== 'theatre') return;
  if (coming) {
    restore(p, coming);
    restored.value = true;
    coming = null;
  } else {
    keepRoom(p, v);
  }
}

export function startParty(): void {
  effect(() => {
    const p = peer.value;
    if (!seatWanted.value || view.value?.phase !== 'lobby' || !p) return;
    seatWanted.value = false;
    untracked(() => p.do({ type: 'join', name: myName.value.trim() || t().me.guest, hue: myHue.value }));
  });
  effect(() => { document.documentElement.dataset.phase = phase.value; });
  // The page's last breath: so the others are told at once, and not when they miss it. A host's page may be reloading, in
  // which case its guests come back to it; who wants to close the party does so by the button.
  addEventListener('pagehide', () => {
    const v = view.value;
    if (v?.role !== 'host') peer.value?.do({ type: 'leave' });
    else if (peer.value && !going) keepRoom(peer.value, v, true);
  });
  addEventListener('pageshow', (e) => { if (e.persisted) location.reload(); });
  addEventListener('beforeunload', (e) => {
    const v = view.value;
    if (v?.role === 'host' && v.phase === 'theatre' && v.people.length > 1) e.preventDefault();
  });
}
