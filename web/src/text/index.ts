// Every word that the page says. A language is one file beside this one; the types find a missing or a spare key.
import { computed, signal } from '@preact/signals';
import type { Lang } from '../format';
import { recall, remember } from '../memory';
import { en } from './en';
import { fr } from './fr';

type Shape<T> = { [K in keyof T]: T[K] extends (...a: infer A) => string ? (...a: A) => string
  : T[K] extends string ? string : T[K] extends string[] ? string[] : Shape<T[K]> };
export type Dictionary = Shape<typeof en>;

export const languages: readonly Lang[] = ['fr', 'en'];
export const dictionaries: Record<Lang, Dictionary> = { en, fr: narrow(fr) };

export const lang = signal<Lang>('en');
const dictionary = computed(() => dictionaries[lang.value]);

/** The words of today's language. Read inside a component, it draws anew when the language changes. */
export function t(): Dictionary { return dictionary.value; }

export function chooseLanguage(search: string, stored: string | null, wanted: readonly string[]): Lang {
  const asked = new URLSearchParams(search).get('lang');
  for (const w of [asked, stored, ...wanted]) {
    const base = w?.toLowerCase().split('-')[0];
    const found = languages.find((l) => l === base);
    if (found) return found;
  }
  return 'en';
}

export function startLanguage(): void {
  lang.value = chooseLanguage(location.search, recall('lang'), navigator.languages);
  lang.subscribe((l) => { document.documentElement.lang = l; });
}

export function setLanguage(l: Lang): void {
  lang.value = l;
  remember('lang', l);
}

/** French sets a narrow space, on which no line breaks, before its high marks: the Imprimerie nationale’s rules */
function narrow<T>(value: T): T {
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
