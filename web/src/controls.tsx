// The controls over the film. They show where the party is, and send wishes.
import { useEffect, useState } from 'preact/hooks';
import { asking, askRemote, duration, here, refusal, say, seekBy, seekTo, setSpeed, speeds, toggle } from './drive';
import { player, setMuted } from './film';
import { clockTime, speed } from './format';
import { Button, vars } from './parts/common';
import { Icon } from './parts/icon';
import { backIcon, captionsIcon, forthIcon, fullIcon, handIcon, hideIcon, muteIcon, pauseIcon, pipIcon, playIcon, showIcon, smallIcon, volumeIcon } from './parts/icons';
import { driving, panelOpen, playing, unread, view } from './store';
import { lang, t } from './text';

interface Props { full: boolean; toggleFull: () => void }

export function Controls({ full, toggleFull }: Props) {
  const w = t().player;
  const [hasVolume] = useState(() => player.hasVolume());
  const barred = driving.value ? {} : { 'aria-disabled': true };
  const why = (label: string) => refusal.value || label;
  const rate = view.value?.timeline.speed ?? 1;
  const quiet = player.muted.value || player.volume.value === 0;
  return (
    <div class="ctl">
      <Scrubber />
      <div class="btns">
        <button type="button" class="ib pl" data-test="play" {...barred} aria-label={playing.value ? w.pause : w.play} title={why(playing.value ? w.pause : w.play)}
          onClick={toggle}><Icon of={playing.value ? pauseIcon : playIcon} /></button>
        <button type="button" class="ib sk" {...barred} aria-label={w.back} title={why(w.back)} onClick={() => seekBy(-10)}><Icon of={backIcon} /><b aria-hidden="true">10</b></button>
        <button type="button" class="ib sk" {...barred} aria-label={w.forth} title={why(w.forth)} onClick={() => seekBy(10)}><Icon of={forthIcon} /><b aria-hidden="true">10</b></button>
        <span class="vol">
          <Button icon={quiet ? muteIcon : volumeIcon} label={quiet ? w.unmute : w.mute} onClick={() => setMuted(!player.muted.value)} />
          {hasVolume && (
            <input type="range" class="dk" min="0" max="1" step="0.05" aria-label={w.volume} data-own-arrows value={quiet ? 0 : player.volume.value}
              style={vars({ '--v': quiet ? 0 : player.volume.value })}
              onInput={(e) => {
                player.setVolume(Number(e.currentTarget.value));
                setMuted(false);
              }} />
          )}
        </span>
        <Time />
        <span class="sp" />
        {asking.value !== 'no' && <Ask />}
        <label class={`spd num ${driving.value ? '' : 'barred'}`} title={why(w.speed)}>
          <span class="sr">{w.speed}</span>
          <select data-test="speed" disabled={!driving.value} value={String(rate)} onChange={(e) => setSpeed(Number(e.currentTarget.value))}>
            {(speeds as readonly number[]).includes(rate) ? null : <option value={String(rate)}>{speed(lang(), rate)}</option>}
            {speeds.map((s) => <option key={s} value={String(s)}>{speed(lang(), s)}</option>)}
          </select>
        </label>
        <CaptionsButton />
        {player.canFloat() && <Button icon={pipIcon} label={w.pip} class="dk" aria-pressed={player.floating.value} onClick={() => player.toggleFloat()} />}
        <Button icon={panelOpen.value ? hideIcon : showIcon} label={panelOpen.value ? w.hideChat : w.showChat} class="tog" aria-expanded={panelOpen.value}
          onClick={() => { panelOpen.value = !panelOpen.value; }}>
          {!panelOpen.value && unread.value > 0 && <span class="badge num" role="status" aria-label={t().room.unread(unread.value)}>{unread.value}</span>}
        </Button>
        <Button icon={full ? smallIcon : fullIcon} label={full ? w.small : w.full} onClick={toggleFull} />
      </div>
    </div>
  );
}

/** Off and the film's languages, in turn: films bring few. */
function CaptionsButton() {
  const w = t().player;
  const { tracks, chosen } = player.captions;
  const none = tracks.value.length === 0;
  const track = tracks.value[chosen.value];
  const next = () => player.captions.choose(chosen.value + 1 < tracks.value.length ? chosen.value + 1 : -1);
  const label = none ? w.noCaptions : track ? w.captionsIn(trackName(track)) : w.captionsOff;
  return <Button icon={captionsIcon} label={label} class="dk" disabled={none} aria-pressed={none ? undefined : track !== undefined} onClick={next} />;
}

export function toggleCaptions(): void {
  const w = t().player;
  const { tracks, chosen } = player.captions;
  player.captions.toggle();
  const track = tracks.value[chosen.value];
  say(tracks.value.length === 0 ? w.noCaptions : track ? w.captionsIn(trackName(track)) : w.captionsOff);
}

function trackName(track: { label: string; language: string }): string {
  if (track.label) return track.label;
  try {
    return new Intl.DisplayNames(lang(), { type: 'language' }).of(track.language || 'und') ?? track.language;
  } catch {
    return track.language; // a tag that is none
  }
}

/** Who may not drive sees where to ask. */
function Ask() {
  const w = t().player;
  const does = asking.value === 'does';
  return <Button icon={handIcon} label={does ? w.asked : w.ask} data-test="ask-remote" aria-pressed={does} onClick={() => askRemote(!does)} />;
}

/** Draws anew five times a second while the film runs. */
function useTick(): void {
  const [, tick] = useState(0);
  const runs = playing.value;
  useEffect(() => {
    if (!runs) return;
    const timer = setInterval(() => tick((n) => n + 1), 200);
    return () => clearInterval(timer);
  }, [runs]);
}

function Time() {
  useTick();
  return <span class="tm num">{clockTime(here())} <i>/ {clockTime(duration.value || NaN)}</i></span>;
}

function Scrubber() {
  useTick();
  const [dragged, setDragged] = useState<number | null>(null);
  const [pointed, setPointed] = useState<number | null>(null);
  const end = duration.value;
  const at = dragged ?? here();
  const share = (s: number) => end > 0 ? Math.min(1, Math.max(0, s / end)) : 0;
  const point = (e: PointerEvent) => {
    const box = (e.currentTarget as HTMLElement).getBoundingClientRect();
    setPointed(end > 0 && e.pointerType === 'mouse' ? Math.min(1, Math.max(0, (e.clientX - box.left) / box.width)) : null);
  };
  const told = dragged !== null ? share(dragged) : pointed;
  return (
    <div class={`tl ${driving.value ? '' : 'barred'}`} style={vars({ '--p': share(at), '--b': share(player.buffered.value), '--q': told ?? 0 })}
      title={refusal.value} onPointerMove={point} onPointerLeave={() => setPointed(null)}>
      <div class="rail"><div class="buf" /><div class="cur" /></div>
      <div class="kn" />
      {told !== null && <output class="tip num" aria-hidden="true">{clockTime(told * end)}</output>}
      <input type="range" min="0" max={end || 1} step="any" value={at} disabled={!driving.value || !(end > 0)} data-test="seek"
        aria-label={t().player.seek} aria-valuetext={t().player.at(clockTime(at), clockTime(end))}
        onInput={(e) => setDragged(Number(e.currentTarget.value))}
        onChange={(e) => {
          seekTo(Number(e.currentTarget.value));
          setDragged(null);
        }} />
    </div>
  );
}
