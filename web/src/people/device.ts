// What one watches on, told to the others once one is inside.
import type { Device } from '../peer';
import { peer } from '../store';

/** A screen that is touched and not wide is one that is held in a hand. A tablet counts as a computer. */
export function deviceOf(coarse: boolean, width: number, height: number): Device {
  return coarse && Math.min(width, height) < 600 ? 'phone' : 'computer';
}

export function tellDevice(): void {
  peer.peek()?.do({ type: 'device', kind: deviceOf(matchMedia('(pointer: coarse)').matches, screen.width, screen.height) });
}
