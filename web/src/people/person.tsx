// One line of the roster: who it is, how their film does, and what can be done for them.
import { signal } from '@preact/signals';
import { useId, useLayoutEffect, useRef, useState } from 'preact/hooks';
import { isolate, ms } from '../format';
import { Avatar } from '../parts/common';
import { Icon } from '../parts/icon';
import { checkIcon, handIcon, muteIcon } from '../parts/icons';
import type { Person } from '../peer';
import { view } from '../store';
import { Kick } from './kick';
import { Me } from './me';
import { Menu } from './menu';
import { crownIcon, hiddenIcon, monitorIcon, moreIcon, pencilIcon, phoneIcon, remoteIcon, terminalIcon } from './icons';
import { inside, lang } from '../text';

const devices = { computer: monitorIcon, phone: phoneIcon, terminal: terminalIcon } as const;

/** The one whose menu is open: one at a time, for in a full house each hides others. */
const opened = signal<Person['id'] | null>(null);

/** Further from the party than this (ms), people notice. */
const apart = 40;

export function One({ p }: { p: Person }) {
  const w = inside().roster;
  const id = useId();
  const open = opened.value === p.id;
  const [kicking, setKicking] = useState(false);
  const button = useRef<HTMLButtonElement>(null);
  const hosting = view.value?.role === 'host';
  const label = p.me ? inside().me.change : inside().menu.of(isolate(p.name));
  const shut = () => {
    opened.value = null;
    button.current?.focus();
  };
  const line = useRef<HTMLLIElement>(null);
  useLayoutEffect(() => {
    const li = line.current!;
    return () => {
      if (opened.peek() === p.id) opened.value = null;
      // Who is removed takes their line along, and the focus of who removed them by keyboard must not go too.
      const at = document.activeElement;
      if (at?.matches(':focus-visible') && li.contains(at)) document.getElementById('tab-people')?.focus();
    };
  }, []);
  return (
    <li ref={line} data-test="person" class={open ? 'open' : ''} onKeyDown={(e) => {
      if (e.key !== 'Escape' || !open || kicking) return;
      e.stopPropagation();
      shut();
    }}>
      <Avatar name={p.name} hue={p.hue} state={p.state === 'ok' ? 'ok' : p.state === 'no-film' ? 'off' : 'w'} />
      <div class="who">
        <b><span class="nm"><bdi dir="auto">{p.name}</bdi>{p.host && <Icon of={crownIcon} />}<Marks p={p} /></span>{p.me && <i>({w.you})</i>}</b>
        <small><Details p={p} /></small>
      </div>
      <Offset p={p} />
      {(p.me || hosting) && (
        <button type="button" ref={button} class="ib more" aria-expanded={open} aria-controls={id} aria-label={label} title={label}
          data-test={p.me ? 'me-menu' : 'person-menu'} onClick={() => { opened.value = open ? null : p.id; }}><Icon of={p.me ? pencilIcon : moreIcon} /></button>
      )}
      {open && (p.me ? <Me id={id} me={p} done={shut} /> : <Menu id={id} p={p} kick={() => setKicking(true)} />)}
      {kicking && <Kick p={p} close={() => setKicking(false)} />}
    </li>
  );
}

/** What a person has or asks for, as small signs with words for who cannot see them. */
function Marks({ p }: { p: Person }) {
  const w = inside().roster;
  const v = view.value;
  const mark = (on: boolean, kind: string, icon: string, word: string) => on
    && <span class={`mk ${kind}`} title={word} data-test={`is-${kind}`}><Icon of={icon} /><span class="sr">{word}</span></span>;
  return (
    <>
      {mark(p.drives && !p.host && v?.rules.drive === 'chosen', 'remote', remoteIcon, w.remote)}
      {mark(p.asks, 'asks', handIcon, w.asks)}
      {mark(p.hidden, 'hidden', hiddenIcon, w.hidden)}
      {mark(p.muted, 'muted', muteIcon, w.muted)}
      {mark(v?.check != null && p.ready, 'ready', checkIcon, w.ready)}
    </>
  );
}

function Details({ p }: { p: Person }) {
  const w = inside().roster;
  const trouble = p.state !== 'ok';
  return (
    <>
      {p.device && <span class="dev" title={w.device[p.device]}><Icon of={devices[p.device]} /><span class="sr">{w.device[p.device]}</span></span>}
      {p.host && <span>{w.host}</span>}
      {p.typing && !p.me ? <span class="types">{w.typing}</span> : (trouble || !p.host) && <span class={trouble ? p.state : ''}>{w.state[p.state]}</span>}
      {p.relayed && <span title={inside().room.relayedHint} data-test="relayed">{w.relayed}</span>}
      {!p.host && p.rtt !== null && p.state !== 'weak' && <span class="num" title={w.rtt(ms(lang(), Math.round(p.rtt)))}>{ms(lang(), Math.max(1, Math.round(p.rtt)))}</span>}
    </>
  );
}

/** How far this film is from the party's, and how well that is known. */
function Offset({ p }: { p: Person }) {
  if (p.state !== 'ok' || p.offset === null) return null;
  const off = ms(lang(), Math.round(p.offset) || 0, 'exceptZero');
  const give = p.uncertainty === null ? '' : ms(lang(), Math.max(1, Math.round(p.uncertainty)));
  const words = inside().roster.offset(off, give);
  return (
    <span class={`d num ${Math.abs(p.offset) > apart ? 'w' : ''}`} title={words}>
      <span aria-hidden="true">{off}{give && <small>±{give}</small>}</span><span class="sr">{words}</span>
    </span>
  );
}
