// The line that is being spoken, over the film, and the menu that says in which language and how large.
import { signal, type Signal } from '@preact/signals';
import { useEffect, useRef, useState } from 'preact/hooks';
import { say } from './drive';
import { player } from './film';
import { recall, remember } from './memory';
import { Button, vars } from './parts/common';
import { Icon } from './parts/icon';
import { captionsIcon, folderIcon } from './parts/icons';
import { inside, lang } from './text';

const sizes = ['s', 'm', 'l'] as const;
const looks = ['box', 'outline', 'yellow'] as const;
const size = signal(sizes.find((s) => s === recall('captions')) ?? 'm');
const look = signal(looks.find((l) => l === recall('captions-look')) ?? 'box');

export function CaptionLines() {
  const { lines } = player.captions;
  if (lines.value.length === 0) return null;
  return <div class="cues" data-size={size.value} data-look={look.value} data-test="captions">{lines.value.map((l, i) => <span key={i}><bdi dir="auto">{l}</bdi></span>)}</div>;
}

/** A popover: it shuts by Escape and by a tap beside it, and gives the focus back, all of itself. */
export function CaptionsMenu() {
  const w = inside().captions;
  const { tracks, chosen } = player.captions;
  const menu = useRef<HTMLDivElement>(null);
  const [place, setPlace] = useState({ right: 0, bottom: 0, top: 0 });
  const [open, setOpen] = useState(false);
  const on = chosen.value >= 0;
  const settle = () => {
    const button = menu.current!.previousElementSibling!.getBoundingClientRect();
    const film = menu.current!.closest('.player')!.getBoundingClientRect();
    setPlace({ right: Math.max(8, innerWidth - film.right + 12), bottom: innerHeight - button.top + 10, top: film.bottom + 8 });
  };
  useEffect(() => { // a phone is turned while it is open
    if (!open) return;
    addEventListener('resize', settle);
    return () => removeEventListener('resize', settle);
  }, [open]);
  const show = () => {
    settle();
    menu.current?.togglePopover();
  };
  const toggled = (e: Event) => {
    const opened = (e as ToggleEvent).newState === 'open';
    setOpen(opened);
    if (opened) menu.current?.querySelector<HTMLInputElement>('input:checked')?.focus();
  };
  return (
    <>
      <Button icon={captionsIcon} label={w.title} title={stateOf()} class={`cc ${on ? 'on' : ''}`} aria-expanded={open} data-test="captions-menu"
        onClick={show} />
      <div ref={menu} popover="auto" class="menu" role="dialog" aria-label={w.title} style={vars({ '--right': `${place.right}px`, '--bottom': `${place.bottom}px`, '--top': `${place.top}px` })} onToggle={toggled}
        onFocusOut={(e) => { if (e.relatedTarget instanceof Node && !e.currentTarget.contains(e.relatedTarget) && e.relatedTarget !== e.currentTarget.previousElementSibling) e.currentTarget.hidePopover(); }}>
        <fieldset>
          <legend>{w.title}</legend>
          {[{ id: -1, name: w.off }, ...tracks.value.map((track) => ({ id: track.id, name: trackName(track) }))].map(({ id, name }) => (
            <label key={id}><input type="radio" name="track" checked={chosen.value === id} onChange={() => player.captions.choose(id)} /><bdi dir="auto">{name}</bdi></label>
          ))}
        </fieldset>
        {tracks.value.length === 0 && <p>{w.none}</p>}
        <label class="btn g sm"><Icon of={folderIcon} />{w.file}
          <input type="file" class="sr" accept=".srt,.vtt,text/vtt,application/x-subrip" data-test="captions-file" onChange={(e) => { void read(e.currentTarget); }} />
        </label>
        <Row name="size" legend={w.size} words={w.sizes} all={sizes} of={size} keep="captions" />
        <Row name="look" legend={w.look} words={w.looks} all={looks} of={look} keep="captions-look" />
      </div>
    </>
  );
}

/** One of three, kept for the next time. */
function Row<K extends string>({ name, legend, words, all, of, keep }: { name: string; legend: string; words: Record<K, string>; all: readonly K[];
  of: Signal<K>; keep: string }) {
  return (
    <fieldset class="three">
      <legend>{legend}</legend>
      {all.map((k) => (
        <label key={k} data-is={k}><input type="radio" name={name} checked={of.value === k} data-test={`captions-${k}`} onChange={() => {
          of.value = k;
          remember(keep, k);
        }} /><span>{words[k]}</span></label>
      ))}
    </fieldset>
  );
}

async function read(field: HTMLInputElement): Promise<void> {
  const file = field.files?.[0];
  field.value = ''; // the same file may be chosen again, for another film
  if (file) await openSubtitles(file);
}

const largest = 20e6; // bytes: what is longer is no file of subtitles, and should not be read into memory

export async function openSubtitles(file: File): Promise<void> {
  say(file.size <= largest && await player.addSubtitles(file).catch(() => false) ? stateOf() : inside().captions.bad);
}

export function toggleCaptions(): void {
  player.captions.toggle();
  say(stateOf());
}

function stateOf(): string {
  const w = inside().captions;
  const { tracks, chosen } = player.captions;
  const track = tracks.value[chosen.value];
  return tracks.value.length === 0 ? w.none : track ? w.on(trackName(track)) : w.isOff;
}

function trackName(track: { label: string; language: string }): string {
  if (track.label) return track.label;
  try {
    return new Intl.DisplayNames(lang(), { type: 'language' }).of(track.language || 'und') ?? track.language;
  } catch {
    return track.language; // a tag that is none
  }
}
