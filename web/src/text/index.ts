// Every word that the page says. A language is one file in languages/, in parts that come when they are needed: first for
// the screens before the theatre, inside with the theatre. The types find a missing or a spare key.
import { signal } from '@preact/signals';
import { languages, parts } from 'toile:languages';
import { first as english } from 'toile:language/en/first';
import { recall, remember } from '../memory';
import { chooseLanguage } from './choose';
import type * as en from './languages/en';

/** The shape of a language: what its words are made of, and not what they are. */
export type Shape<T> = { [K in keyof T]: T[K] extends (...a: infer A) => string ? (...a: A) => string
  : T[K] extends string ? string : T[K] extends string[] ? string[] : Shape<T[K]> };
export type First = Shape<typeof en.first>;
export type Inside = Shape<typeof en.inside>;
export type Offline = Shape<typeof en.offline>;
export type Emoji = typeof en.emoji;

export { languages };

interface Spoken { lang: string; first: First; inside?: Inside; emoji?: Emoji }

/** The language that is spoken, and its words: never one without the other. English is always here. */
const spoken = signal<Spoken>({ lang: 'en', first: english });
let wanted = 'en'; // asked for last
let indoors = false; // the theatre's words are wanted too

/** Read inside a component, these draw it anew when the language changes. */
export function t(): First { return spoken.value.first; }
export function lang(): string { return spoken.value.lang; }

/** The words inside, and what emoji are called. They are here before anybody is inside: comeIn. */
export function inside(): Inside { return spoken.value.inside!; }
export function emoji(): Emoji { return spoken.value.emoji!; }

export async function startLanguage(): Promise<void> {
  spoken.subscribe((now) => { document.documentElement.lang = now.lang; });
  await speak(chooseLanguage(languages, location.search, recall('lang'), navigator.languages)).catch(() => {}); // English, then
}

/** Fetches what is said inside. Rejects if it does not come; it may be called again. */
export async function comeIn(): Promise<void> {
  indoors = true;
  do await speak(wanted); while (!spoken.value.inside); // another language may be asked for meanwhile
}

export function setLanguage(l: string): void {
  remember('lang', l);
  speak(l).catch(() => {}); // it did not come: what was spoken is spoken on
}

/** Rejects if the language does not come. */
export async function speak(l: string): Promise<void> {
  wanted = l;
  try {
    const [{ first }, more] = await Promise.all([parts[l]!.first(), indoors ? parts[l]!.inside() : null]);
    if (wanted === l) spoken.value = { ...(lang() === l ? spoken.value : {}), lang: l, first, ...more };
  } catch (e) {
    if (wanted === l) wanted = lang();
    throw e;
  }
}
