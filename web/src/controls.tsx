// The controls over the film. They show where the party is, and send wishes.
import { useState } from 'preact/hooks';
import { CaptionsMenu } from './captions';
import { asking, askRemote, refusal, seekBy, setSpeed, speeds, toggle } from './drive';
import { player, setMuted } from './film';
import { percent, speed } from './format';
import { Button, vars } from './parts/common';
import { Icon } from './parts/icon';
import { backIcon, forthIcon, fullIcon, handIcon, hideIcon, muteIcon, pauseIcon, pipIcon, playIcon, showIcon, smallIcon, volumeIcon } from './parts/icons';
import { Scrubber, Time } from './scrubber';
import { driving, panelOpen, playing, unread, view } from './store';
import { inside, lang } from './text';

interface Props { full: boolean; toggleFull: () => void }

export function Controls({ full, toggleFull }: Props) {
  const w = inside().player;
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
            <input type="range" class="dk" min="0" max="1" step="0.05" aria-label={w.volume} aria-valuetext={percent(lang(), quiet ? 0 : player.volume.value)} data-own-arrows value={quiet ? 0 : player.volume.value}
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
        <CaptionsMenu />
        {player.canFloat() && <Button icon={pipIcon} label={w.pip} class="dk" aria-pressed={player.floating.value} onClick={() => player.toggleFloat()} />}
        <Button icon={panelOpen.value ? hideIcon : showIcon} label={panelOpen.value ? w.hideChat : w.showChat} class="tog" aria-expanded={panelOpen.value}
          onClick={() => { panelOpen.value = !panelOpen.value; }}>
          {!panelOpen.value && unread.value > 0 && <span class="badge num" role="status" aria-label={inside().room.unread(unread.value)}>{unread.value}</span>}
        </Button>
        <Button icon={full ? smallIcon : fullIcon} label={full ? w.small : w.full} onClick={toggleFull} />
      </div>
    </div>
  );
}

/** Who may not drive sees where to ask. */
function Ask() {
  const w = inside().player;
  const does = asking.value === 'does';
  return <Button icon={handIcon} label={does ? w.asked : w.ask} data-test="ask-remote" aria-pressed={does} onClick={() => askRemote(!does)} />;
}
