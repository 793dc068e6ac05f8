// What the server tells about itself: whether it has a film to try.
import { signal } from '@preact/signals';

export interface Sample { url: string; title: string; credit: string }
export const sample = signal<Sample | null>(null);

/** Reads /config.json: { "sample": { "url", "title", "credit" } }. Without an answer there is no sample. */
export async function loadConfig(): Promise<void> {
  try {
    const response = await fetch('/config.json');
    if (response.ok) sample.value = readSample(await response.json());
  } catch { /* the page does without */ }
}

export function readSample(config: unknown): Sample | null {
  const found = field(config, 'sample');
  const text = (key: string) => {
    const value = field(found, key);
    return typeof value === 'string' ? value : '';
  };
  return text('url') ? { url: text('url'), title: text('title'), credit: text('credit') } : null;
}

function field(o: unknown, key: string): unknown {
  return typeof o === 'object' && o !== null ? (o as Record<string, unknown>)[key] : undefined;
}
