// Who knocks and who asks for the remote, each with its one-tap answer. In the panel all of them; over the film the first
// of each, and only while the panel does not show them.
import { useLayoutEffect, useRef } from 'preact/hooks';
import type { ComponentChildren } from 'preact';
import { isolate } from '../format';
import { Avatar } from '../parts/common';
import { Icon } from '../parts/icon';
import { checkIcon } from '../parts/icons';
import { panel, panelOpen, peer } from '../store';
import { calls, type Call } from './calls';
import { inside } from '../text';

/** In the panel: every call. */
export function Door() {
  const [box, answer] = useAnswer();
  return (
    <div ref={box}>
      {calls.value.length > 0 && <ul class="calls">{calls.value.map((c) => <li key={c.key}><Answer c={c} answer={answer} /></li>)}</ul>}
    </div>
  );
}

/** Over the film, for who looks at it: the first call, unless the panel shows it. */
export function Calls({ full, children }: { full: boolean; children?: ComponentChildren }) {
  const [box, answer] = useAnswer();
  const list = calls.value;
  const first = list[0];
  const seen = panel.value === 'people' && panelOpen.value && !full;
  return (
    <div class="summons" ref={box}>
      <div role="status">
        {first && !seen && (
          <div class="card call" key={first.key}>
            <Answer c={first} answer={answer} />
            {list.length > 1 && <small>{inside().calls.more(list.length - 1)}</small>}
          </div>
        )}
      </div>
      {children}
    </div>
  );
}

type Give = (c: Call, on: boolean, e: MouseEvent) => void;

/** Gives an answer. The call goes, and its button with it: who answered by keyboard goes on at the next one, or at the
 * roster's tab. Who clicked does not: their next Space is the film's. */
function useAnswer(): [{ current: HTMLDivElement | null }, Give] {
  const box = useRef<HTMLDivElement>(null);
  const byKey = useRef(false);
  useLayoutEffect(() => {
    if (!byKey.current) return;
    byKey.current = false;
    (box.current?.querySelector<HTMLElement>('.asker button') ?? document.getElementById('tab-people'))?.focus();
  }, [calls.value]);
  return [box, (c, on, e) => {
    byKey.current = e.detail === 0;
    peer.value?.do(c.kind === 'knock' ? { type: 'admit', id: c.id, on } : { type: 'grant', id: c.id, on });
  }];
}

function Answer({ c, answer }: { c: Call; answer: Give }) {
  const w = inside();
  const name = isolate(c.name);
  const [test, said, yes, no] = c.kind === 'knock' ? ['knock', w.door.knocks(name), w.door.admit, w.door.refuse]
    : ['asks', w.asks.text(name), w.asks.give, w.asks.not];
  const whom = <span class="sr">: {name}</span>;
  return (
    <div class="asker" data-test={test}>
      <Avatar name={c.name} hue={c.hue} />
      <p>{said}</p>
      <span class="go">
        <button type="button" class="btn p sm" data-test={`${test}-yes`} onClick={(e) => answer(c, true, e)}><Icon of={checkIcon} />{yes}{whom}</button>
        <button type="button" class="btn g sm" data-test={`${test}-no`} onClick={(e) => answer(c, false, e)}>{no}{whom}</button>
      </span>
    </div>
  );
}
