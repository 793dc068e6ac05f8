// A loudspeaker by Bluetooth sounds late, by 100 to 300 ms, and no browser tells by how much: so people say it, once for
// each output, as far as the browser tells outputs apart.
import { effect, signal } from '@preact/signals';
import { recall, remember } from './memory';
import { peer, phase } from './store';

export const mostTrim = 500; // ms either way
export const trim = signal(0);

async function output(): Promise<string> {
  try {
    const devices = await navigator.mediaDevices.enumerateDevices();
    const d = devices.find((x) => x.kind === 'audiooutput' && x.deviceId === 'default');
    return d?.groupId ?? '';
  } catch {
    return ''; // it does not tell
  }
}

function read(key: string): number {
  const ms = Number(recall(key) ?? 0);
  return Number.isFinite(ms) ? Math.max(-mostTrim, Math.min(mostTrim, ms)) : 0;
}

export async function setTrim(ms: number): Promise<void> {
  trim.value = ms;
  peer.value?.do({ type: 'trim', ms });
  remember(`trim.${await output()}`, String(ms));
}

/** Gives the peer what is remembered for the output that sounds now, at the beginning and when another one does. */
export function startTrim(): () => void {
  const apply = async () => {
    const ms = read(`trim.${await output()}`);
    if (ms === trim.value) return;
    trim.value = ms;
    peer.value?.do({ type: 'trim', ms });
  };
  const off = effect(() => { if (phase.value === 'theatre') void apply(); });
  const changed = () => void apply();
  navigator.mediaDevices?.addEventListener?.('devicechange', changed);
  return () => {
    off();
    navigator.mediaDevices?.removeEventListener?.('devicechange', changed);
  };
}
