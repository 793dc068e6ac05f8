// Times, sizes and lists as people write them.

/** 4:20, or 1:04:20; of nothing known: –:–– */
export function clockTime(seconds: number): string {
  if (!Number.isFinite(seconds)) return '–:––';
  const s = Math.max(0, Math.floor(seconds + 1e-6));
  const two = (n: number) => String(n).padStart(2, '0');
  const h = Math.floor(s / 3600);
  const m = Math.floor(s / 60) % 60;
  return h > 0 ? `${h}:${two(m)}:${two(s % 60)}` : `${m}:${two(s % 60)}`;
}

/** A duration in ms, rounded to what can be believed: 8 ms, 240 ms, 1.3 s. */
export function ms(lang: string, d: number, signDisplay: 'negative' | 'exceptZero' = 'negative'): string {
  const long = Math.abs(d) >= 999.5;
  const number = new Intl.NumberFormat(lang, { maximumFractionDigits: long ? 1 : 0, signDisplay }).format(long ? d / 1000 : d);
  return `${number.replace('-', '−')}\u00a0${long ? 's' : 'ms'}`;
}

/** 22.7 MB, 22,7 Mo. Empty for a size that is not known. */
export function fileSize(lang: string, bytes: number): string {
  if (!(bytes > 0)) return '';
  const units = ['kilobyte', 'megabyte', 'gigabyte'] as const;
  const i = bytes < 1e6 ? 0 : bytes < 1e9 ? 1 : 2;
  const value = bytes / 1000 ** (i + 1);
  return new Intl.NumberFormat(lang, {
    style: 'unit', unit: units[i], unitDisplay: 'short', maximumFractionDigits: value < 100 ? 1 : 0,
  }).format(value);
}

/** 40%, 40 % */
export function percent(lang: string, share: number): string { return new Intl.NumberFormat(lang, { style: 'percent' }).format(share); }

/** A speed: 1.25× */
export function speed(lang: string, rate: number): string {
  return `${new Intl.NumberFormat(lang, { maximumFractionDigits: 2 }).format(rate)}×`;
}

export function plural(lang: string): (n: number, forms: Partial<Record<Intl.LDMLPluralRule, string>> & { other: string }) => string {
  const rules = new Intl.PluralRules(lang);
  return (n, forms) => forms[rules.select(n)] ?? forms.other;
}

/** "Ana, Luc and 3 others" of n people of whom some names are given; others says how many more there are. */
export function lister(lang: string, others: (more: number) => string): (names: string[], n: number) => string {
  const and = new Intl.ListFormat(lang, { type: 'conjunction' });
  return (names, n) => and.format([...names.map(isolate), ...(n > names.length ? [others(n - names.length)] : [])]);
}

/** Keeps a name's writing direction from turning the sentence round it: U+2068 ... U+2069. */
export function isolate(text: string): string {
  return `\u2068${text}\u2069`;
}
