// 3, 2, 1 in the middle of the film, at the same instant for everybody: the instant at which it starts is the party's.
import { useEffect, useMemo, useState } from 'preact/hooks';
import { driving, peer, view } from '../store';
import { inside } from '../text';

/** The number to show with this many ms left; 0: nothing more. */
export function numeral(left: number): number { return Math.max(0, Math.ceil(left / 1000)); }

export function Countdown() {
  const at = view.value?.countdown?.at;
  // Said once: a voice that counts along would still speak when the film does.
  const said = useMemo(() => at === undefined ? 0 : numeral(at - performance.now()), [at]);
  return (
    <>
      <p class="sr" role="status">{said > 0 && inside().countdown.label(said)}</p>
      {at !== undefined && <Counting key={at} at={at} />}
    </>
  );
}

function Counting({ at }: { at: number }) {
  const [n, setN] = useState(() => numeral(at - performance.now()));
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout>;
    const tick = () => {
      const left = at - performance.now();
      setN(numeral(left));
      if (left > 0) timer = setTimeout(tick, left % 1000 || 1000);
    };
    tick();
    return () => clearTimeout(timer);
  }, []);
  if (n === 0) return null;
  return (
    <div class="counting" data-test="countdown" data-at={at}>
      <b class="num" key={n} aria-hidden="true">{n}</b>
      {driving.value && <button type="button" class="btn g sm" data-test="countdown-stop" onClick={() => peer.value?.do({ type: 'countdown', seconds: 0 })}>{inside().countdown.stop}</button>}
    </div>
  );
}
