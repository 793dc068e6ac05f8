// What waits for the host's answer.
import { computed } from '@preact/signals';
import { view } from '../store';

export interface Call { key: string; id: number; name: string; hue: number; kind: 'knock' | 'ask' }

/** Those at the door first. */
export const calls = computed<readonly Call[]>(() => {
  const v = view.value;
  if (v?.role !== 'host') return [];
  const call = (kind: Call['kind']) => ({ id, name, hue }: { id: number; name: string; hue: number }): Call => ({ key: kind + id, id, name, hue, kind });
  return [...v.knocking.map(call('knock')), ...v.people.filter((p) => p.asks).map(call('ask'))];
});
