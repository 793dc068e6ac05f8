// All emoji, with a search in the language that is spoken. The list comes when the picker is first opened.
import { useEffect, useMemo, useRef, useState } from 'preact/hooks';
import { emoji, inside } from '../text';

interface Emoji { unicode: string; label: string; tags?: string[]; group?: number }

/** The groups that are shown and a picture for each; Unicode's second one holds parts of others. */
const groups: [number, string][] = [[0, '😀'], [1, '👋'], [3, '🐦'], [4, '🍿'], [5, '🚀'], [6, '🎬'], [7, '💡'], [8, '💛'], [9, '🏳️']];
const columns = 8;

function fold(s: string): string { return s.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase().replace(/œ/g, 'oe').replace(/æ/g, 'ae'); }

/** Those that are called so, the nearest first. */
export function search(all: readonly Emoji[], words: string): Emoji[] {
  const key = fold(words.trim());
  const rank = (e: Emoji) => {
    const names = [e.label, ...(e.tags ?? [])].map(fold);
    if (names[0] === key) return 0;
    if (names.some((n) => n === key)) return 1;
    if (names.some((n) => n.split(/[\s-]/).some((word) => word.startsWith(key)))) return 2;
    return 9;
  };
  return all.map((e) => ({ e, r: rank(e) })).filter(({ r }) => r < 9).sort((a, b) => a.r - b.r).slice(0, 64).map(({ e }) => e);
}

export function Picker({ choose }: { choose: (emoji: string) => void }) {
  const w = inside().talk;
  const [all, setAll] = useState<Emoji[] | null>(null);
  const [group, setGroup] = useState(0);
  const [words, setWords] = useState('');
  const [at, setAt] = useState(0);
  const grid = useRef<HTMLDivElement>(null);
  const field = useRef<HTMLInputElement>(null);
  useEffect(() => {
    let wanted = true;
    void emoji()().then((m) => { if (wanted) setAll(m.default.filter((e) => e.group !== undefined)); });
    if (matchMedia('(hover: hover)').matches) field.current?.focus(); // a phone would show its keyboard over it
    return () => { wanted = false; };
  }, []);
  const shown = useMemo(() => !all ? [] : words.trim() ? search(all, words) : all.filter((e) => e.group === group), [all, group, words]);
  useEffect(() => setAt(0), [shown]);

  const move = (e: KeyboardEvent) => {
    const rtl = document.dir === 'rtl' ? -1 : 1;
    const step = { ArrowRight: rtl, ArrowLeft: -rtl, ArrowDown: columns, ArrowUp: -columns }[e.key];
    if (!step) return;
    e.preventDefault();
    const next = Math.max(0, Math.min(shown.length - 1, at + step));
    setAt(next);
    (grid.current?.children[next] as HTMLElement | undefined)?.focus();
  };
  return (
    <div class="picker" role="dialog" aria-label={w.emoji} data-test="picker">
      <input ref={field} type="search" value={words} placeholder={w.search} aria-label={w.search} data-test="emoji-search" onInput={(e) => setWords(e.currentTarget.value)}
        onKeyDown={(e) => {
          if (e.key === 'Enter') { e.preventDefault(); if (shown[0]) choose(shown[0].unicode); }
          if (e.key === 'ArrowDown') { e.preventDefault(); (grid.current?.children[0] as HTMLElement | undefined)?.focus(); }
        }} />
      <div class="grid" ref={grid} role="group" aria-label={words.trim() ? w.found(shown.length) : w.groups[group]!} onKeyDown={move}>
        {shown.map((e, i) => <button key={e.unicode} type="button" tabIndex={i === at ? 0 : -1} aria-label={e.label} title={e.label} onClick={() => choose(e.unicode)}>{e.unicode}</button>)}
      </div>
      {all && shown.length === 0 && <p class="none">{w.none}</p>}
      <div class="tabs9" role="group" aria-label={w.kinds}>
        {groups.map(([g, face]) => <button key={g} type="button" aria-pressed={!words && g === group} aria-label={w.groups[g]} title={w.groups[g]} onClick={() => { setWords(''); setGroup(g); }}>{face}</button>)}
      </div>
    </div>
  );
}
