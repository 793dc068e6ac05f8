// Every word that the page says. A language is one file beside this one; the types find a missing or a spare key.
import { signal } from '@preact/signals';
import type { Lang } from '../format';
import { recall, remember } from '../memory';
import { en } from './en';

export type Shape<T> = { [K in keyof T]: T[K] extends (...a: infer A) => string ? (...a: A) => string
  : T[K] extends string ? string : T[K] extends string[] ? string[] : Shape<T[K]> };
export type Dictionary = Shape<typeof en>;

export const languages: readonly Lang[] = ['fr', 'en'];

/** English is always here; the others come when they are spoken. */
const loaders: Record<Lang, () => Promise<Dictionary>> = {
  en: () => Promise.resolve(en),
  fr: () => import('./fr').then((m) => narrow(m.fr)),
};

/** The language that is spoken, and its words: never one without the other. */
const spoken = signal<{ lang: Lang; words: Dictionary }>({ lang: 'en', words: en });

/** Read inside a component, both draw it anew when the language changes. */
export function t(): Dictionary { return spoken.value.words; }
export function lang(): Lang { return spoken.value.lang; }

export function chooseLanguage(search: string, stored: string | null, wanted: readonly string[]): Lang {
  const asked = new URLSearchParams(search).get('lang');
  for (const w of [asked, stored, ...wanted]) {
    const base = w?.toLowerCase().split('-')[0];
    const found = languages.find((l) => l === base);
    if (found) return found;
  }
  return 'en';
}

export async function startLanguage(): Promise<void> {
  spoken.subscribe((now) => { document.documentElement.lang = now.lang; });
  await speak(chooseLanguage(location.search, recall('lang'), navigator.languages));
}

export function setLanguage(l: Lang): void {
  remember('lang', l);
  void speak(l);
}

export async function speak(l: Lang): Promise<void> {
  try {
    spoken.value = { lang: l, words: await loaders[l]() };
  } catch { /* it did not come: what was spoken is spoken on */ }
}

/** French sets a narrow space, on which no line breaks, before its high marks: the Imprimerie nationale’s rules */
export function narrow<T>(value: T): T {
  if (typeof value === 'string') {
    return value.replace(/ ([?!:;»])/g, '\u202f$1').replace(/« /g, '«\u202f') as T;
  }
  if (typeof value === 'function') return ((...a: unknown[]) => narrow((value as (...a: unknown[]) => unknown)(...a))) as T;
  if (Array.isArray(value)) return value.map(narrow) as T;
  if (typeof value === 'object' && value !== null) {
    return Object.fromEntries(Object.entries(value).map(([k, v]) => [k, narrow(v)])) as T;
  }
  return value;
}
