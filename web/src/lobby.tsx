// The ticket: what is on, who is in, and the one tap that lets the film sound.
import { useEffect, useState } from 'preact/hooks';
import { foreignSite } from './address';
import { sample } from './config';
import { clockTime } from './format';
import { Avatar, Faces, Hues, Language, Mark } from './parts/common';
import { Icon } from './parts/icon';
import { armchairIcon, muteIcon, volumeIcon } from './parts/icons';
import { goHome, takeSeat } from './party';
import type { View } from './peer';
import { host, myHue, myName, playing, positionAt, seatWanted, setName, setWantsSound, standApart, view, wantsSound } from './store';
import { t } from './text';

export function Lobby() {
  const v = view.value;
  const known = v !== null && v.phase === 'lobby';
  const atDoor = v?.phase === 'knocking'; // the seat is asked for, and the host has yet to say yes
  const early = v?.phase === 'connecting' && v.code === 'host-away'; // and the server tells us when it comes
  const busy = seatWanted.value || atDoor;
  const w = t().lobby;
  const bunny = isSample(v);
  useEffect(() => { if (known) standApart(v.people); }, [known]);
  const sit = (e: Event) => {
    e.preventDefault();
    if (!atDoor) takeSeat();
  };
  return (
    <div class={`lobby ${bunny ? 'bunny' : ''}`}>
      <div class="bgi" /><div class="veil" />
      <header class="head"><Mark onClick={goHome} /><Language /></header>
      <main class="ticket">
        <section class="still" aria-live="polite">
          {known ? <OnScreen v={v} /> : (
            <div class="cap">
              <h1>{early ? w.notYet : w.knocking}</h1>
              {early && <p data-test="host-away">{w.notYetText}</p>}
              {atDoor && <p data-test="at-door">{w.atDoor}</p>}
              {(early || atDoor) && <button type="button" class="btn g sm" data-test="give-up" onClick={goHome}>{w.giveUp}</button>}
            </div>
          )}
        </section>
        <div class="perf" />
        <form class={`stub ${atDoor ? 'asked' : ''}`} onSubmit={sit}>
          <div>
            <p class="from">{host.value ? <><b><bdi dir="auto">{host.value.name}</bdi></b> {w.invites}</> : w.invited}</p>
            <h2>{w.question}</h2>
          </div>
          <div class="me"><Avatar name={myName.value || t().me.guest} hue={myHue.value} size="l" /><Hues /></div>
          <div>
            <label for="name">{t().me.name}</label>
            <div class="field">
              <input id="name" data-test="name" value={myName.value} autoComplete="nickname" maxLength={32} placeholder={t().me.guest}
                disabled={atDoor} onInput={(e) => setName(e.currentTarget.value)} />
            </div>
          </div>
          <label class="opt">
            <Icon of={wantsSound.value ? volumeIcon : muteIcon} />
            <span><b>{w.sound}</b>{w.soundHint}</span>
            <input type="checkbox" role="switch" class="sw" checked={wantsSound.value} onChange={(e) => setWantsSound(e.currentTarget.checked)} />
          </label>
          <button class={`btn ${atDoor ? 'g' : 'p'}`} data-test="take-seat" aria-busy={busy} aria-disabled={atDoor}>
            {busy ? <span class="spin" /> : <Icon of={armchairIcon} />}{atDoor || early && busy ? w.waiting : busy ? w.sitting : w.sit}
          </button>
          <div class="here">{known && <><Faces people={v.people} most={4} /><span>{whoIsHere(v)}</span></>}</div>
        </form>
      </main>
      <footer class="credit">{bunny && t().landing.picture}</footer>
    </div>
  );
}

function OnScreen({ v }: { v: View }) {
  const w = t().lobby;
  const m = v.media;
  const at = useNow(v);
  const parts: string[] = [];
  if (m) {
    if (m.duration > 0) parts.push(w.lasts(clockTime(m.duration)));
    if (playing.value) parts.push(w.at(clockTime(at)));
    else if (at > 0) parts.push(w.pausedAt(clockTime(at)));
    if (m.kind === 'file') parts.push(w.ownCopy);
    else if (foreignSite(m.url, location.href)) parts.push(w.from(foreignSite(m.url, location.href)));
  }
  return (
    <>
      {m && <span class="chip live"><i class={`dot ${playing.value ? '' : 'w'}`} />{playing.value ? w.playing : at > 0 ? w.paused : w.fresh}</span>}
      <div class="cap">
        <h1><bdi dir="auto">{m ? m.title || m.name : v.rules.approve ? w.hidden : w.noFilm}</bdi></h1>
        <p class="num">{parts.join(' · ')}</p>
      </div>
    </>
  );
}

/** The party's position, told once a second. */
function useNow(v: View): number {
  const [, tick] = useState(0);
  useEffect(() => {
    const timer = setInterval(() => tick((n) => n + 1), 1000);
    return () => clearInterval(timer);
  }, []);
  return positionAt(v, performance.now(), v.media?.duration ?? 0);
}

function whoIsHere(v: View): string {
  const names = v.people.map((p) => p.name);
  return t().lobby.here(names.length > 3 ? names.slice(0, 2) : names, names.length);
}

export function isSample(v: View | null): boolean {
  const m = v?.media;
  return m?.kind === 'url' && sample.value !== null && new URL(sample.value.url, location.href).href === m.url;
}
