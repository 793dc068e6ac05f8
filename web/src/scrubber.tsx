// The bar that tells where the film is, lets who may drive move it, and shows what is elsewhere in the film.
import { useEffect, useMemo, useState } from 'preact/hooks';
import { duration, here, refusal, seekTo } from './drive';
import { player } from './film';
import { clockTime } from './format';
import { vars } from './parts/common';
import { Preview } from './player/preview';
import { driving, playing } from './store';
import { inside } from './text';

/** Draws anew while the film runs, as often as what is drawn changes: the step tells when. Somebody watches a film for
 * hours, and each drawing is paid for while the film wants the processor. */
function useTick(step: () => number): void {
  const [, tick] = useState(0);
  const runs = playing.value;
  useEffect(() => {
    if (!runs) return;
    const timer = setInterval(() => tick(step()), 200); // the same step as before draws nothing
    return () => clearInterval(timer);
  }, [runs]);
}

/** A part of the bar that is about a pixel of it. */
const pixel = 1 / 1000;

export function Time() {
  useTick(() => Math.floor(here()));
  return <span class={`tm num ${duration.value >= 3600 ? 'long' : ''}`}>{clockTime(here())} <i>/ {clockTime(duration.value || NaN)}</i></span>;
}

export function Scrubber() {
  useTick(() => duration.value > 0 ? Math.floor(here() / duration.value / pixel) : 0);
  const preview = useMemo(() => new Preview(), []);
  useEffect(() => () => preview.close(), []);
  const [dragged, setDragged] = useState<number | null>(null);
  const [pointed, setPointed] = useState<number | null>(null);
  const end = duration.value;
  const at = dragged ?? here();
  const share = (s: number) => end > 0 ? Math.min(1, Math.max(0, s / end)) : 0;
  const glance = (part: number) => { if (!savesData()) preview.glance(player.preview(), part * end); };
  const point = (e: PointerEvent) => {
    const box = (e.currentTarget as HTMLElement).getBoundingClientRect();
    const part = end > 0 && e.pointerType === 'mouse' ? Math.min(1, Math.max(0, (e.clientX - box.left) / box.width)) : null;
    setPointed(part);
    if (part !== null) glance(part);
  };
  const told = dragged !== null ? share(dragged) : pointed;
  return (
    <div class={`tl ${driving.value ? '' : 'barred'}`} style={vars({ '--p': share(at), '--b': share(player.buffered.value), '--q': told ?? 0 })}
      title={refusal.value} onPointerMove={point} onPointerLeave={() => setPointed(null)}>
      <div class="rail"><div class="buf" /><div class="cur" /></div>
      <div class="kn" />
      <div class={`tip ${preview.shown.value ? 'seen' : ''}`} hidden={told === null} aria-hidden="true">
        <div class="glance" data-test="preview" ref={(el) => preview.mount(el)} />
        <output class="num">{told !== null && clockTime(told * end)}</output>
      </div>
      <input type="range" min="0" max={end || 1} step="any" value={at} disabled={!driving.value || !(end > 0)} data-test="seek"
        aria-label={inside().player.seek} aria-valuetext={inside().player.at(clockTime(at), clockTime(end))}
        onInput={(e) => {
          const to = Number(e.currentTarget.value);
          setDragged(to);
          glance(share(to));
        }}
        onChange={(e) => {
          seekTo(Number(e.currentTarget.value));
          setDragged(null);
        }} />
    </div>
  );
}

function savesData(): boolean { return (navigator as { connection?: { saveData?: boolean } }).connection?.saveData ?? false; }
