// What a person can do at the doors: open a room, come in, sit down, leave.
import { batch, effect, untracked } from '@preact/signals';
import { prepare, player } from './film';
import { forgetInvitation, keepInvitation } from './invitation';
import type { Choice, Options, View } from './peer';
import { myHue, myName, opening, peer, phase, seatWanted, trouble, view, wasInside } from './store';
import { t } from './text';
import { loadPeer, PeerError } from './wasm';

/** Opens a room and shows a film in it. To be called inside the handler of a tap. */
export function openRoom(media: Choice, file: File | null): void {
  prepare(file);
  forgetInvitation(); // of a party where one was a guest
  enter({ role: 'host', invitation: '', media });
}

/** Comes to the door of a party. */
export function openInvitation(invitation: string): void {
  keepInvitation(invitation);
  enter({ role: 'guest', invitation, media: null });
}

/** Takes a seat, now or when the door opens. To be called inside the handler of a tap: it lets the film sound. */
export function takeSeat(): void {
  player.unlock();
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
  location.assign(location.pathname);
}
export function tryAgain(): void { location.reload(); }

function enter(how: Pick<Options, 'role' | 'invitation' | 'media'>): void {
  batch(() => {
    trouble.value = '';
    opening.value = how.role;
  });
  start(how).catch((error: unknown) => {
    trouble.value = error instanceof PeerError ? error.code : 'crashed';
  });
}

async function start(how: Pick<Options, 'role' | 'invitation' | 'media'>): Promise<void> {
  const open = await loadPeer(() => { trouble.value = 'crashed'; });
  peer.value = open({
    ...how,
    signaling: `${location.protocol === 'https:' ? 'wss' : 'ws'}://${location.host}/ws`,
    name: myName.value.trim() || t().me.somebody,
    hue: myHue.value,
    show,
    apply: (c) => player.apply(c),
  });
}

function show(v: View): void {
  batch(() => {
    view.value = v;
    if (v.phase === 'theatre') wasInside.value = true;
  });
  // The link of a host's room is good for guests only: a host who reloads has no room any more.
  if (!going && v.role === 'guest' && v.invitation) keepInvitation(v.invitation);
}

export function startParty(): void {
  effect(() => {
    const p = peer.value;
    if (!seatWanted.value || view.value?.phase !== 'lobby' || !p) return;
    seatWanted.value = false;
    untracked(() => p.do({ type: 'join', name: myName.value.trim() || t().me.somebody, hue: myHue.value }));
  });
  effect(() => { document.documentElement.dataset.phase = phase.value; });
  // The page's last breath: so the others are told at once, and not when they miss it.
  addEventListener('pagehide', () => peer.value?.do({ type: 'leave' }));
  addEventListener('pageshow', (e) => { if (e.persisted) location.reload(); });
  addEventListener('beforeunload', (e) => {
    const v = view.value;
    if (v?.role === 'host' && v.phase === 'theatre' && v.people.length > 1) e.preventDefault();
  });
}
