// The theatre: the film is the hero, everything else steps back.
import { signal } from '@preact/signals';
import { useEffect, useRef } from 'preact/hooks';
import { Chat } from './chat';
import { Only, OnlyNote } from './chat/only';
import { Floating } from './chat/reactions';
import { known } from './codes';
import { CaptionLines, toggleCaptions } from './captions';
import { Controls } from './controls';
import { toggle } from './drive';
import { player, setMuted } from './film';
import { useKeptFocus } from './focus';
import { Invite } from './invite';
import { pressed, setSingleKeys, singleKeys } from './keys';
import { Overlays } from './overlays';
import { Button, Dialog, Faces, Language, Mark } from './parts/common';
import { Icon } from './parts/icon';
import { chatIcon, clapperIcon, inviteIcon, keyboardIcon, leaveIcon, peopleIcon, timerIcon, wifiIcon } from './parts/icons';
import { chosen, Source } from './parts/source';
import { tellState } from './tab';
import { changeFilm, leave } from './party';
import { People } from './people';
import { calls } from './people/calls';
import { Countdown } from './people/countdown';
import { Calls } from './people/door';
import { ReadyCheck } from './people/ready';
import type { View } from './peer';
import { useFull, useIdle, useNews } from './stepback';
import { chatOnly, host, panel, panelOpen, peer, playing, unread, view } from './store';
import { inside, t } from './text';
import { startTrim } from './trim';

const dialog = signal<'' | 'invite' | 'keys' | 'change' | 'leave' | 'sync'>('');
const closer = signal<typeof import('./sync') | null>(null);

function lookCloser(): void {
  dialog.value = 'sync';
  import('./sync').then((m) => { closer.value = m; }, shut);
}

export { startDrop } from './drop';

const shut = () => { dialog.value = ''; };

export function Theatre() {
  const v = view.value!;
  const room = useRef<HTMLDivElement>(null);
  const heading = useRef<HTMLHeadingElement>(null);
  const [full, toggleFull] = useFull(room);
  const [idle, stir] = useIdle();
  const news = useNews(full);
  const quit = () => { if (v.role === 'host') dialog.value = 'leave'; else leave(); };

  useEffect(() => {
    const down = (e: KeyboardEvent) => {
      if (e.key === 'Tab') clicked = null;
      pressed(e, {
        full: toggleFull, mute: () => setMuted(!player.muted.value), help: () => { dialog.value = 'keys'; },
        captions: toggleCaptions, clicked: () => clicked,
      });
    };
    let clicked: Element | null = null;
    const click = (e: Event) => { clicked = e.target instanceof Element ? e.target.closest('button, a, input, [role=log]') : null; };
    document.addEventListener('keydown', down);
    document.addEventListener('pointerdown', click);
    return () => {
      document.removeEventListener('keydown', down);
      document.removeEventListener('pointerdown', click);
    };
  }, [full]);
  useEffect(tellState, []);
  useEffect(startTrim, []);
  useEffect(() => { if (chosen.value) dialog.value = 'change'; }, [chosen.value]);
  useKeptFocus(room, heading);
  // Who took a seat by keyboard, or hears the page, goes on from here: the button that had the focus is gone.
  useEffect(() => { if (document.activeElement === document.body) heading.current?.focus({ preventScroll: true }); }, []);

  return (
    <div ref={room} class={`room ${full ? 'full' : ''} ${panelOpen.value || chatOnly.value ? '' : 'alone'} ${chatOnly.value ? 'talks' : ''} ${idle && playing.value ? 'idle' : ''} ${news ? 'news' : ''}`} onPointerMove={stir} onPointerDown={stir} onKeyDown={stir}>
      <Glow />
      <header class="top">
        <Mark onClick={quit} />
        <div class="title">
          <h1 ref={heading} tabIndex={-1}><bdi dir="auto">{v.media?.title || v.media?.name || 'Toile'}</bdi></h1>
          <small class="dk">{v.role === 'host' ? inside().room.yours : <>{inside().room.hosted(host.value?.name ?? '…')}</>}</small>
        </div>
        <span class="sp" />
        <span class="dk chips"><Connection v={v} /><Sync v={v} test /></span>
        <span class="dk"><Faces people={v.people} /></span>
        <button type="button" class={`btn ${v.phase === 'broken' ? 'g' : 'p'} sm`} data-test="invite" aria-label={inside().room.invite} onClick={() => { dialog.value = 'invite'; }}><Icon of={inviteIcon} /><span class="lbl">{inside().room.invite}</span></button>
        <span class="dk"><Language /></span>
        {v.role === 'host' && <Button icon={clapperIcon} label={inside().room.change} data-test="change-film" onClick={() => { dialog.value = 'change'; }} />}
        <Button icon={keyboardIcon} label={inside().player.keys} class="dk keyb" onClick={() => { dialog.value = 'keys'; }} />
        <Button icon={leaveIcon} label={v.role === 'host' ? inside().room.closeRoom : inside().room.leave} data-test="leave" onClick={quit} />
      </header>
      {v.phase === 'broken' && <Broken v={v} />}
      <main class="stage">
        <div class="player" aria-label={inside().player.label} role="region">
          <div class="film" ref={(el) => { if (el) player.mount(el); }} onClick={() => { if (matchMedia('(hover: hover)').matches) toggle(); }} onDblClick={toggleFull} />
          <div class="shade" />
          <div class="ttl" aria-hidden="true"><bdi>{v.media?.title}</bdi></div>
          {full && <div class="fullchip"><Sync v={v} /></div>}
          <CaptionLines />
          <Overlays change={() => { dialog.value = 'change'; }} invite={() => { dialog.value = 'invite'; }} />
          <Countdown />
          <Floating />
          <Controls full={full} toggleFull={toggleFull} />
        </div>
        <Calls full={full}><ReadyCheck v={v} /></Calls>
      </main>
      <section class="mob" aria-label={inside().room.people}><Faces people={v.people} most={4} /><span class="sp" /><Connection v={v} /><Sync v={v} /></section>
      <Panel n={v.people.length} />
      {dialog.value === 'invite' && <Invite close={shut} />}
      {dialog.value === 'keys' && <KeyList />}
      {dialog.value === 'sync' && closer.value && <closer.value.SyncPanel close={shut} />}
      {dialog.value === 'leave' && <Leaving />}
      {dialog.value === 'change' && (
        <Dialog title={inside().change.title} close={shut}>
          <p>{inside().change.text}</p>
          <Source submit={inside().change.put} onFilm={(media, file) => { changeFilm(media, file); shut(); }} />
        </Dialog>
      )}
    </div>
  );
}

function Panel({ n }: { n: number }) {
  const tab = (id: 'chat' | 'people', icon: string, label: string, count: number) => (
    <button type="button" role="tab" id={`tab-${id}`} aria-controls={`panel-${id}`} aria-selected={panel.value === id} data-test={id}
      tabIndex={panel.value === id ? 0 : -1} onClick={() => { panel.value = id; }}
      onKeyDown={(e) => {
        if (e.key !== 'ArrowLeft' && e.key !== 'ArrowRight') return;
        panel.value = id === 'chat' ? 'people' : 'chat';
        document.getElementById(`tab-${panel.value}`)?.focus();
      }}>
      <Icon of={icon} />{label} {count > 0 && <span class={`num ${id === 'chat' ? 'badge' : ''}`}>{count}</span>}
      {id === 'people' && calls.value.length > 0 && <span class="badge num" data-test="calls-badge"><span aria-hidden="true">{calls.value.length}</span><span class="sr">{inside().calls.waiting(calls.value.length)}</span></span>}
    </button>
  );
  return (
    <aside class="chat" aria-label={inside().room.panel}>
      <div class="hd">
        <div role="tablist" aria-label={inside().room.panel}>
          {tab('chat', chatIcon, inside().room.chat, panel.value === 'chat' ? 0 : unread.value)}
          {tab('people', peopleIcon, inside().room.people, n)}
        </div>
        <Only />
      </div>
      <OnlyNote />
      <Chat />
      <People />
    </aside>
  );
}

function Connection({ v }: { v: View }) {
  const w = inside().room;
  if (v.phase === 'broken') return <span class="chip"><i class="dot b" />{w.lostHost}</span>;
  const relayed = v.people.some((p) => p.me && p.relayed);
  if (v.role === 'guest') return <span class="chip" title={relayed ? w.relayedHint : ''} data-test="connection"><i class="dot" />{relayed ? w.relayed : w.connected}{v.sync.rtt !== null && <b class="num">{inside().sync.ms(Math.max(1, Math.round(v.sync.rtt)))}</b>}</span>;
  if (v.server === 'away') return <span class="chip away" role="status" title={w.awayHint} data-test="server-away"><i class="dot w" />{w.away}</span>;
  return <span class="chip"><i class="dot" />{w.open}</span>;
}

function Sync({ v, test = false }: { v: View; test?: boolean }) {
  const w = inside().sync;
  const { offset, uncertainty } = v.sync;
  const state = v.phase === 'broken' ? 'lost' : player.film.value !== 'ready' ? 'none' : offset === null ? 'measuring' : v.sync.state;
  // How far away it may be at most, as far as anybody knows.
  const within = offset === null ? null : Math.max(1, Math.round(Math.abs(offset) + (uncertainty ?? 0)));
  return (
    <button type="button" class={`chip sync ${state}`} title={w.hint[state]} aria-haspopup="dialog" data-test={test ? 'sync-chip' : undefined} data-state={state} onClick={lookCloser}>
      <Icon of={timerIcon} /><span class="word">{w[state]}</span>
      {within !== null && state !== 'lost' && state !== 'none' && state !== 'measuring' && <b class="num">{state === 'synced' ? '±' : ''}{w.ms(within)}</b>}
      <span class="sr">{w.more}</span>
    </button>
  );
}

function Broken({ v }: { v: View }) {
  const w = inside().broken;
  const away = v.code === 'host-away';
  const busy = v.code === 'rejoining' || away; // it comes back by itself
  const failed = useRef(''); // what the last try came to: while another is made, it still holds
  if (!busy && v.code !== 'host-lost' && v.code !== '') failed.current = v.code;
  const why = away ? `${t().codes['host-away'].title}. ${t().codes['host-away'].text}` : failed.current ? w.again(t().codes[known(failed.current)].title) : w.text;
  return (
    <div class="banner" role="alert" data-test="banner">
      <Icon of={wifiIcon} /><span>{why}</span>
      <button type="button" class="btn p sm" data-test="banner-action" disabled={busy} onClick={() => { player.unlock(); peer.value?.do({ type: 'rejoin' }); }}>
        {busy && <span class="spin" />}{away ? w.waiting : busy ? w.busy : w.action}
      </button>
    </div>
  );
}

function KeyList() {
  const w = inside().keys;
  const rows: [string[], string][] = [[[w.space, 'K'], w.play], [['J', 'L'], w.tens], [['←', '→'], w.fives], [['0 – 9'], w.tenths], [['<', '>'], w.speed], [['C'], w.captions], [['F'], w.full], [['M'], w.mute], [['?'], w.help]];
  return (
    <Dialog title={w.title} close={shut} class="small">
      <dl class="keys">{rows.map(([keys, what]) => <div key={what}><dt>{keys.map((k) => <kbd key={k}>{k}</kbd>)}</dt><dd>{what}</dd></div>)}</dl>
      <label class="opt">
        <span><b>{w.single}</b>{w.singleHint}</span>
        <input type="checkbox" role="switch" class="sw" checked={singleKeys.value} data-test="single-keys" onChange={(e) => setSingleKeys(e.currentTarget.checked)} />
      </label>
    </Dialog>
  );
}

function Leaving() {
  const w = inside().room;
  return (
    <Dialog title={w.leaveAsk} close={shut} class="small">
      <p>{w.leaveText}</p>
      <div class="acts">
        <button type="button" class="btn g" onClick={shut}>{w.stay}</button>
        <button type="button" class="btn danger" data-test="leave-yes" onClick={() => { shut(); leave(); }}>{w.closeRoom}</button>
      </div>
    </Dialog>
  );
}

/** The film's light on the walls. */
function Glow() {
  const ref = useRef<HTMLCanvasElement>(null);
  useEffect(() => {
    const saving = (navigator as { connection?: { saveData?: boolean } }).connection?.saveData;
    const canvas = ref.current?.getContext('2d');
    if (!canvas || saving || matchMedia('(prefers-reduced-motion: reduce)').matches) return;
    // Blurred here, at 32 by 18, and not by the page's style: without a graphics card a large blur under a film that
    // moves took nine tenths of a core, and the film's pictures were dropped.
    const filters = typeof canvas.filter === 'string';
    if (filters) canvas.filter = 'blur(2px) saturate(1.5) brightness(.42)';
    else Object.assign(canvas.canvas, { width: 12, height: 7 }); // Safari: the fewer the spots, the softer
    const paint = () => {
      player.paint(canvas);
      if (filters) return;
      canvas.fillStyle = 'rgb(11 9 14/.6)'; // words stand on it
      canvas.fillRect(0, 0, canvas.canvas.width, canvas.canvas.height);
    };
    const timer = setInterval(() => { if (!document.hidden && canvas.canvas.checkVisibility()) paint(); }, 250);
    return () => clearInterval(timer);
  }, []);
  return <canvas ref={ref} class="amb" width="32" height="18" aria-hidden="true" />;
}
