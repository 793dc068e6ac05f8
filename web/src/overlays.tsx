// What stands between a person and the film, one thing at a time; the gravest is said.
import type { ComponentChildren } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import { foreignSite } from './address';
import { known } from './codes';
import { duration, toast, undo } from './drive';
import { agree, mismatch, mismatchKept, pickNeeded, playCopy, player, unagreed } from './film';
import { clockTime, fileSize, isolate } from './format';
import { Icon } from './parts/icon';
import { clapperIcon, folderIcon, inviteIcon, playIcon, retryIcon, undoIcon, volumeIcon, warningIcon } from './parts/icons';
import { Start } from './people/ready';
import { driving, host as hostPerson, playing, view } from './store';
import { inside, lang, t } from './text';
import { Waiting } from './wait';

export function Overlays({ change, invite }: { change: () => void; invite: () => void }) {
  const v = view.value;
  const w = inside().player;
  const m = v?.media;
  const host = v?.role === 'host';
  const film = player.film.value;
  const late = useLate(player.waiting.value && playing.value, 500);
  const alone = (v?.people.length ?? 0) < 2;

  if (!m) {
    return (
      <Over title={w.nothing} text={host ? w.nothingHost : w.nothingText}>
        {host && <button type="button" class="btn p sm" onClick={change}><Icon of={clapperIcon} />{inside().room.change}</button>}
      </Over>
    );
  }
  if (unagreed.value) {
    const site = inside().site;
    return (
      <Over title={site.title(foreignSite(m.url, location.href))} text={site.text} test="site">
        <button type="button" class="btn p sm" data-test="site-yes" onClick={() => agree(m)}><Icon of={playIcon} />{site.yes}</button>
        <Pick label={w.ownCopy} />
      </Over>
    );
  }
  if (pickNeeded.value && film !== 'failed') {
    return (
      <Over title={w.pick} test="pick" text={host ? w.pickHost(isolate(m.name)) : w.pickText(isolate(m.name), fileSize(lang(), m.size))}>
        <Pick label={w.pickButton} main />
      </Over>
    );
  }
  if (film === 'failed') {
    const words = t().codes[known(player.code.value || 'film-network')];
    return (
      <Over title={words.title} text={words.text} test="error" bad>
        {m.kind === 'url' && player.code.value !== 'film-insecure' && (
          <button type="button" class="btn g sm" onClick={() => player.retry()}><Icon of={retryIcon} />{t().again}</button>
        )}
        {host ? <button type="button" class="btn p sm" onClick={change}><Icon of={clapperIcon} />{inside().room.change}</button>
          : <Pick label={m.kind === 'file' ? w.pickOther : w.ownCopy} main={m.kind === 'file'} />}
      </Over>
    );
  }
  if (film === 'loading') return <div class="over soft"><div class="box"><span class="spin big" /><p role="status">{w.loading}</p></div></div>;
  if (player.gate.value === 'sound') {
    return (
      <div class="over gate">
        <div class="box">
          <button type="button" class="big" data-test="gate" aria-label={w.gateButton} onClick={() => player.openGate()}><Icon of={volumeIcon} /></button>
          <div><h2>{w.gate}</h2><p>{w.gateText}</p></div>
        </div>
      </div>
    );
  }
  if (!playing.value && v.timeline.position < 0.5) return <><Curtain title={m.title || m.name} text={!host ? w.curtain(isolate(hostPerson.value?.name ?? '')) : alone ? inside().check.alone : w.curtainHost}>
    {host && alone ? <Bring invite={invite} /> : <Start v={v} />}
  </Curtain><Pills />{mismatch.value && <Mismatched />}</>;
  if (!playing.value && v.phase === 'theatre' && duration.value > 0 && v.timeline.position >= duration.value - 0.3) return <><Curtain title={w.end} text={driving.value ? w.endDrives : ''}>
    {host && <div class="starts"><button type="button" class="btn g sm" data-test="next-film" onClick={change}><Icon of={clapperIcon} />{inside().room.change}</button></div>}
  </Curtain><Pills /></>;
  return (
    <>
      {v.waiting && !alone && <Waiting />}
      {late && (!v.waiting || alone) && <div class="over soft clear"><div class="box"><span class="spin big" /><span class="sr" role="status">{w.buffering}</span></div></div>}
      <Pills />
      {mismatch.value && <Mismatched />}
    </>
  );
}

/** Before the film begins. */
function Curtain({ title, text, children }: { title: string; text: string; children: ComponentChildren }) {
  return <div class="over soft curtain"><div class="box"><div><h2><bdi dir="auto">{title}</bdi></h2><p>{text}</p></div>{children}</div></div>;
}

/** The first thing to do in a room where nobody else is yet. */
function Bring({ invite }: { invite: () => void }) {
  return <div class="starts"><button type="button" class="btn g sm" onClick={invite}><Icon of={inviteIcon} />{inside().room.invite}</button></div>;
}

/** True once something has lasted for a while: what passes at once is not worth a word. */
function useLate(on: boolean, ms: number): boolean {
  const [late, setLate] = useState(false);
  useEffect(() => {
    if (!on) {
      setLate(false);
      return;
    }
    const timer = setTimeout(() => setLate(true), ms);
    return () => clearTimeout(timer);
  }, [on]);
  return late && on;
}

function Pills() {
  const v = view.value!;
  const w = inside().player;
  const resuming = useLate(v.timeline.resuming && v.phase === 'theatre', 400);
  const laggard = v.people.find((p) => !p.me && p.state === 'buffering');
  const waits = useLate(laggard !== undefined && v.phase === 'theatre' && !v.waiting, 1500);
  const text = toast.value || (v.waiting ? '' : resuming ? w.resuming : waits && laggard ? w.waits(isolate(laggard.name)) : '');
  return (
    <div class="pillbar">
      <div role="status">{text && <span class="chip">{text}</span>}</div>
      <Undo />
    </div>
  );
}

/** A jump may have been a slip of the finger: for a few seconds it can be taken back. */
function Undo() {
  const u = view.value?.undo;
  const [past, setPast] = useState(0);
  const until = u?.until ?? 0;
  useEffect(() => {
    if (!until) return;
    const timer = setTimeout(() => setPast(until), Math.max(0, until - performance.now()));
    return () => clearTimeout(timer);
  }, [until]);
  if (!u || past === until || !driving.value) return null;
  return <button type="button" class="chip undo num" data-test="undo" onClick={undo}><Icon of={undoIcon} />{inside().player.undo(clockTime(u.position))}</button>;
}

function Mismatched() {
  const w = inside().player;
  const m = mismatch.value!;
  const text = m.kind === 'size' ? w.mismatchSize(fileSize(lang(), m.mine), fileSize(lang(), m.theirs))
    : w.mismatchLength(clockTime(m.mine), clockTime(m.theirs));
  return (
    <div class="strip" role="status" data-test="mismatch">
      <Icon of={warningIcon} /><span>{text}</span>
      <Pick label={w.pickOther} />
      <button type="button" class="btn g sm" data-test="keep" onClick={() => { mismatchKept.value = view.value?.media?.id ?? 0; }}>{w.keep}</button>
    </div>
  );
}

function Pick({ label, main = false }: { label: string; main?: boolean }) {
  return (
    <label class={`btn sm ${main ? 'p' : 'g'}`}>
      <Icon of={folderIcon} />{label}
      <input type="file" class="sr" accept="video/*,.mkv" data-test="source-file" onChange={(e) => {
        const file = e.currentTarget.files?.[0];
        player.unlock();
        if (file) playCopy(file);
      }} />
    </label>
  );
}

function Over({ title, text, test, bad = false, children }: { title: string; text: string; test?: string; bad?: boolean; children?: ComponentChildren }) {
  return (
    <div class="over" data-test={test} role={bad ? 'alert' : undefined}>
      <div class="box"><div><h2>{title}</h2><p>{text}</p></div><div class="go">{children}</div></div>
    </div>
  );
}
