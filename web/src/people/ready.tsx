// Is everyone ready? Each answers with one tap; when all have, the film starts for everybody.
import { isolate } from '../format';
import { Avatar } from '../parts/common';
import { Icon } from '../parts/icon';
import { checkIcon, playIcon, timerIcon } from '../parts/icons';
import type { View } from '../peer';
import { driving, peer, playing } from '../store';
import { inside } from '../text';

/** How long a countdown is that somebody starts by hand. */
const seconds = 3;

export const countDown = () => peer.value?.do({ type: 'countdown', seconds });
const check = (on: boolean) => peer.value?.do({ type: 'check', on });

/** Where it begins, for who may drive, while the film stands. */
export function Start({ v }: { v: View }) {
  const w = inside().check;
  if (!driving.value || !v.media || playing.value || v.check || v.countdown || v.phase !== 'theatre' || v.people.length < 2) return null;
  return (
    <div class="starts">
      <button type="button" class="btn g sm" data-test="check" onClick={() => check(true)}><Icon of={checkIcon} />{w.ask}</button>
      <button type="button" class="btn g sm" data-test="start-together" title={w.startHint} onClick={countDown}><Icon of={timerIcon} />{w.start}</button>
    </div>
  );
}

/** The check itself, over the film of everybody. */
export function ReadyCheck({ v }: { v: View }) {
  const w = inside().check;
  const on = v.check !== null && v.countdown === null && v.phase === 'theatre';
  const by = v.people.find((p) => p.id === v.check?.by);
  const title = by && !by.me ? w.by(isolate(by.name)) : w.title;
  return (
    <>
      <p class="sr" role="status">{on && title}</p>
      {on && <Check v={v} title={title} />}
    </>
  );
}

function Check({ v, title }: { v: View; title: string }) {
  const w = inside().check;
  const me = v.people.find((p) => p.me);
  const missing = v.people.filter((p) => !p.ready);
  const others = missing.filter((p) => !p.me);
  return (
    <section class="card check" aria-label={w.title} data-test="ready-check">
      <h2>{title}</h2>
      <ul class="faces">{v.people.map((p) => (
        <li key={p.id} class={p.ready ? 'yes' : ''}><Avatar name={p.name} hue={p.hue} />{p.ready && <Icon of={checkIcon} />}<span class="sr">{isolate(p.name)}{p.ready && `, ${inside().roster.ready}`}</span></li>
      ))}</ul>
      <p aria-live="polite" data-test="not-ready">
        {others.length > 0 ? w.missing([...(others.length < missing.length ? [w.you] : []), ...others.slice(0, 3).map((p) => p.name)], missing.length)
          : missing.length > 0 ? w.youMissing : ''}. <span>{w.after}</span>
      </p>
      <div class="go">
        {me && <button type="button" class={`btn sm ${me.ready ? 'g' : 'p'}`} data-test="ready" onClick={() => peer.value?.do({ type: 'ready', on: !me.ready })}>
          {!me.ready && <Icon of={checkIcon} />}{me.ready ? w.notYet : w.ready}</button>}
        {driving.value && <button type="button" class="btn g sm" data-test="start-anyway" onClick={countDown}><Icon of={playIcon} />{w.anyway}</button>}
        {driving.value && <button type="button" class="btn g sm" data-test="check-stop" onClick={() => check(false)}>{w.stop}</button>}
      </div>
    </section>
  );
}
