// Views for tests; no part of the page.
import type { Line, Person, View } from './peer';

export function aPerson(patch: Partial<Person> = {}): Person {
  return {
    id: 2, name: 'Luc', hue: 205, host: false, me: false, state: 'ok', offset: -6, rtt: 18, uncertainty: 1,
    drives: false, muted: false, typing: false, ready: false, asks: false, hidden: false, relayed: false, device: 'computer', ...patch,
  };
}

export function aLine(patch: Partial<Line> = {}): Line {
  return {
    seq: 1, kind: 'text', who: 2, name: 'Luc', hue: 205, position: 0, text: '', value: 0, pending: false, mine: false,
    post: 0, reply: 0, erased: false, ...patch,
  };
}

export function aView(patch: Partial<View> = {}): View {
  return {
    phase: 'theatre', code: '', role: 'guest', me: 2, invitation: 'A'.repeat(44), server: 'left',
    media: { id: 1, kind: 'url', url: 'https://cdn.example/film.mp4', title: 'Film', name: '', size: 0, duration: 600 },
    people: [
      aPerson({ id: 1, name: 'Ana', hue: 22, host: true, offset: 0, rtt: null, drives: true }),
      aPerson({ me: true }),
    ],
    lines: [], timeline: { position: 0, rate: 0, at: 0, speed: 1, resuming: false },
    sync: { state: 'synced', offset: 2, uncertainty: 1, rtt: 18, trim: 0, safe: true },
    may: { drive: false, chat: true, everyone: false },
    rules: { drive: 'host', wait: 'auto', locked: false, approve: false, muted: false },
    knocking: [], check: null, countdown: null, waiting: null, undo: null, reactions: [],
    ...patch,
  };
}
