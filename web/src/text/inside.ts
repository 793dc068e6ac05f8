// What is said only inside the theatre, about the people in it. These words come with the theatre's code, so that the
// first picture does not wait for them; a language has one file of each.
import type { Lang } from '../format';
import { lang, narrow, type Shape } from './index';
import { en } from './inside.en';
import { fr } from './inside.fr';

export type Inside = Shape<typeof en>;

export const insideWords: Record<Lang, Inside> = { en, fr: narrow(fr) };

/** The words in the language that is spoken; read inside a component, it is drawn anew when that changes. */
export function inside(): Inside { return insideWords[lang()]; }
