// Views for tests; no part of the page.
import type { View } from './peer';

export function aView(patch: Partial<View> = {}): View {
  return {
    phase: 'theatre', code: '', role: 'guest', me: 2, invitation: 'A'.repeat(44), server: 'left',
    media: { id: 1, kind: 'url', url: 'https://cdn.example/film.mp4', title: 'Film', name: '', size: 0, duration: 600 },
    people: [
      { id: 1, name: 'Ana', hue: 22, host: true, me: false, state: 'ok', offset: 0, rtt: null },
      { id: 2, name: 'Luc', hue: 205, host: false, me: true, state: 'ok', offset: -6, rtt: 18 },
    ],
    lines: [], timeline: { position: 0, rate: 0, at: 0, speed: 1, resuming: false },
    sync: { state: 'synced', offset: 2, uncertainty: 1, rtt: 18 }, may: { drive: false, everyone: false },
    ...patch,
  };
}
