// What a line of the chat is made of. Nothing is fetched and nothing becomes markup: a part is drawn as what it says.

export type Part =
  | { kind: 'text'; text: string }
  | { kind: 'link'; text: string; href: string }
  | { kind: 'moment'; text: string; at: number } // s of film
  | { kind: 'mention'; text: string; who: number };

interface Named { id: number; name: string }

/** Cuts a line into its parts. A moment beyond the film's end (s; NaN or 0: not known) is a time of day, and stays text. */
export function split(text: string, people: readonly Named[], duration: number): Part[] {
  const parts: Part[] = [];
  let from = 0;
  const plain = (to: number) => { if (to > from) parts.push({ kind: 'text', text: text.slice(from, to) }); };
  // A link begins a word. So does a name that is called; a time is no part of a longer number.
  const found = /(?<![\p{L}\p{N}])(?:(https:\/\/[^\s<>"]+)|(@))|(?<![\p{L}\p{N}.,:/-])(\d{1,2}(?::[0-5]\d){1,2})(?![\p{L}\p{N}:]|[.,]\d)/gu;
  for (let m = found.exec(text); m; m = found.exec(text)) {
    const part = m[1] ? link(m[1]) : m[2] ? mention(text.slice(m.index), people) : moment(m[3]!, duration);
    if (!part) continue;
    plain(m.index);
    parts.push(part);
    from = found.lastIndex = m.index + part.text.length;
  }
  plain(text.length);
  return parts;
}

function link(text: string): Part | null {
  let end = text.length;
  // A sentence's own marks at the end are not the address's, but a bracket that it opened is.
  for (; /[.,;:!?…'’”»)\]]/.test(text[end - 1]!); end--) {
    const opened = { ')': '(', ']': '[' }[text[end - 1]!];
    if (opened && text.slice(0, end).split(opened).length >= text.slice(0, end).split(text[end - 1]!).length) break;
  }
  const address = text.slice(0, end);
  if (!URL.canParse(address)) return null;
  const u = new URL(address);
  // An address with a name before its host is made to be mistaken for another.
  return u.protocol === 'https:' && !u.username && !u.password && u.hostname.includes('.') ? { kind: 'link', text: address, href: u.href } : null;
}

function moment(text: string, duration: number): Part | null {
  const at = text.split(':').reduce((sum, n) => 60 * sum + Number(n), 0);
  return duration > 0 && at > duration ? null : { kind: 'moment', text, at };
}

function mention(text: string, people: readonly Named[]): Part | null {
  let best: Part | null = null;
  for (const p of people) {
    const called = text.slice(0, p.name.length + 1);
    if (called.length > (best?.text.length ?? 1) && same(called.slice(1), p.name) && !/^[\p{L}\p{N}]/u.test(text.slice(called.length))) {
      best = { kind: 'mention', text: called, who: p.id };
    }
  }
  return best;
}

function same(a: string, b: string): boolean { return a.localeCompare(b, undefined, { sensitivity: 'accent' }) === 0; }

/** The name that is being called at the caret: "@Zo" of "hello @Zo|", and where it begins. */
export function calling(text: string, caret: number): { from: number; name: string } | null {
  const m = /(?:^|[\s(])@([^\s@][^@\n]{0,31})?$/u.exec(text.slice(0, caret));
  return m ? { from: caret - (m[1] ?? '').length - 1, name: m[1] ?? '' } : null;
}

/** Those whose name, or a later word of it, begins like what was typed. */
export function called(name: string, people: readonly Named[]): Named[] {
  const key = fold(name);
  return people.filter((p) => fold(p.name).split(/(?<=\s)/).some((_, i, words) => words.slice(i).join('').startsWith(key))).slice(0, 5);
}

function fold(s: string): string { return s.normalize('NFD').replace(/\p{M}/gu, '').toLocaleLowerCase(); }
