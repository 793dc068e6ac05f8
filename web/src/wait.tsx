// The room stands for somebody whose film has no data: who, for how long, and a way to go on without.
import { useEffect, useState } from 'preact/hooks';
import { driving, peer, view } from './store';
import { inside } from './text';

export function Waiting() {
  const v = view.value!;
  const w = inside().player;
  const [now, setNow] = useState(performance.now());
  useEffect(() => {
    const timer = setInterval(() => setNow(performance.now()), 250);
    return () => clearInterval(timer);
  }, []);
  if (!v.waiting) return null;
  const seconds = Math.max(0, Math.round((now - v.waiting.since) / 1000));
  const ids = v.waiting.for;
  const mine = ids.includes(v.me);
  const names = v.people.filter((p) => ids.includes(p.id) && !p.me).map((p) => p.name);
  return (
    <div class="strip wait" role="status" data-test="waiting">
      <span class="spin" /><span>{mine ? w.waitingMe : w.waiting(names)} <span class="num" aria-hidden="true">{w.seconds(seconds)}</span></span>
      {driving.value && <button type="button" class="btn g sm" data-test="go-on" onClick={() => peer.value?.do({ type: 'go-on' })}>{w.goOn}</button>}
    </div>
  );
}
