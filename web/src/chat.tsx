// What is said and done, in the order in which the host heard of it.
import { useEffect, useLayoutEffect, useRef, useState } from 'preact/hooks';
import { clockTime, isolate, speed } from './format';
import { Avatar, vars } from './parts/common';
import { Icon } from './parts/icon';
import { armchairIcon, arrowDownIcon, arrowUpIcon, backIcon, clapperIcon, closeIcon, forthIcon, gaugeIcon, leaveIcon, muteIcon, pauseIcon, playIcon, shieldIcon, ticketIcon,
  timerIcon, volumeIcon, wifiIcon } from './parts/icons';
import type { Line, View } from './peer';
import { panel, panelOpen, peer, readAll, unread, view } from './store';
import { became } from './people/became';
import { lang, t } from './text';
import { inside } from './text/inside';

const longest = 500; // characters, as the host counts them

export function Chat() {
  const lines = view.value?.lines ?? [];
  const shown = panelOpen.value && panel.value === 'chat';
  const log = useRef<HTMLDivElement>(null);
  const [atEnd, setAtEnd] = useState(true);
  const end = () => {
    const el = log.current;
    if (el) el.scrollTop = el.scrollHeight;
  };
  useLayoutEffect(() => { if (atEnd || lines.at(-1)?.mine) end(); }, [lines, shown, atEnd]);
  useEffect(() => {
    const read = () => { if (shown && atEnd && !document.hidden) readAll(); };
    read();
    document.addEventListener('visibilitychange', read);
    return () => document.removeEventListener('visibilitychange', read);
  }, [lines, shown, atEnd]);
  useEffect(() => { // the keyboard of a phone makes the log shorter
    const watch = new ResizeObserver(() => { if (atEnd) end(); });
    watch.observe(log.current!);
    return () => watch.disconnect();
  }, [atEnd]);

  return (
    <div class="talk" id="panel-chat" role="tabpanel" aria-labelledby="tab-chat" hidden={panel.value !== 'chat'}>
      <div class="log" ref={log} role="log" tabIndex={0} aria-label={t().chat.label}
        onScroll={(e) => { const el = e.currentTarget; setAtEnd(el.scrollHeight - el.scrollTop - el.clientHeight < 40); }}>
        <ol>
          {lines.length === 0 && <li class="ev">{t().chat.empty}</li>}
          {lines.map((line, i) => line.kind === 'text'
            ? <Said key={key(line)} line={line} first={!follows(line, lines[i - 1])} />
            : <Happened key={key(line)} line={line} />)}
        </ol>
      </div>
      {!atEnd && <button type="button" class="chip down" onClick={() => { end(); setAtEnd(true); }}><Icon of={arrowDownIcon} />{unread.value > 0 ? t().room.unread(unread.value) : t().room.below}</button>}
      <Composer />
    </div>
  );
}

function key(l: Line): string { return l.pending ? `p${l.post}` : `s${l.seq}`; }
function follows(l: Line, before: Line | undefined): boolean { return before?.kind === 'text' && before.who === l.who && before.name === l.name; }

function Said({ line, first }: { line: Line; first: boolean }) {
  return (
    <li class={`m ${first ? '' : 'more'} ${isLoneEmoji(line.text) ? 'big' : ''} ${line.pending ? 'pending' : ''}`} style={vars({ '--h': line.hue })} data-test="chat-line">
      {first && <Avatar name={line.name} hue={line.hue} />}
      {first && <span class="n"><bdi dir="auto">{line.name}</bdi><time class="num">{clockTime(line.position)}</time></span>}
      <p><bdi dir="auto">{line.text}</bdi></p>
    </li>
  );
}

const marks: Record<Exclude<Line['kind'], 'text'>, string> = {
  joined: armchairIcon, left: leaveIcon, lost: wifiIcon, played: playIcon, paused: pauseIcon, sought: forthIcon, rated: gaugeIcon, media: clapperIcon,
  kicked: shieldIcon, muted: muteIcon, unmuted: volumeIcon, renamed: ticketIcon, rules: shieldIcon, granted: playIcon, revoked: playIcon,
  cleared: closeIcon, locked: shieldIcon, unlocked: shieldIcon, waited: timerIcon,
};

function Happened({ line }: { line: Line }) {
  const of = line.kind === 'sought' && line.value < line.position ? backIcon : marks[line.kind as keyof typeof marks];
  return <li class="ev" data-test="chat-line"><Icon of={of} /><span>{sentence(line)}</span></li>;
}

/** What happened, in words. */
export function sentence(l: Line): string {
  const w = t().chat;
  const who = isolate(l.name);
  switch (l.kind) {
    case 'joined': return w.joined(who);
    case 'left': return w.gone(who);
    case 'lost': return w.lost(who);
    case 'played': return w.played(who, clockTime(l.position));
    case 'paused': return w.paused(who, clockTime(l.position));
    case 'sought': return w.sought(who, clockTime(l.value));
    case 'rated': return w.rated(who, speed(lang(), l.value));
    case 'media': return w.media(who, isolate(l.text));
    case 'kicked': return w.kicked(who);
    case 'muted': return w.muted(who);
    case 'unmuted': return w.unmuted(who);
    case 'renamed': return w.renamed(who, isolate(l.text));
    case 'rules': return became(l.text);
    case 'granted': return w.granted(who);
    case 'revoked': return w.revoked(who);
    case 'cleared': return w.cleared;
    case 'locked': return w.locked;
    case 'unlocked': return w.unlocked;
    case 'waited': return w.waited(who);
    case 'text': return l.text;
  }
}

/** One to six emoji and nothing else are worth being seen. */
export function isLoneEmoji(text: string): boolean {
  if (!/^(?:\p{Extended_Pictographic}|[\u{1F1E6}-\u{1F1FF}\u{1F3FB}-\u{1F3FF}\u{E0020}-\u{E007F}\u200d\ufe0f]|\s)+$/u.test(text)) return false;
  const n = text.match(/\p{Extended_Pictographic}(?:\u200d\p{Extended_Pictographic}|[\ufe0f\u{1F3FB}-\u{1F3FF}])*|[\u{1F1E6}-\u{1F1FF}]{2}/gu)?.length ?? 0;
  return n > 0 && n <= 6;
}

/** Why this person may not write at the moment; empty for who may. */
export function hush(v: View | null): string {
  if (v?.phase !== 'theatre' || v.may.chat) return '';
  return v.rules.muted ? inside().hush.all : inside().hush.you;
}

function Composer() {
  const [text, setText] = useState('');
  const w = t().chat;
  const left = longest - [...text].length;
  const hushed = hush(view.value);
  const send = (e: Event) => {
    e.preventDefault();
    const said = text.trim();
    if (!said || left < 0 || hushed) return; // what was begun stays until one may speak again
    peer.value?.do({ type: 'say', text: said });
    setText('');
  };
  return (
    <form class="comp" onSubmit={send}>
      <p class="hush" role="status" data-test="hush">{hushed}</p>
      <div class="field">
        <input value={text} readOnly={hushed !== ''} placeholder={w.say} aria-label={w.say} data-test="chat-input" autoComplete="off" enterKeyHint="send" dir="auto"
          onInput={(e) => setText(e.currentTarget.value)}
          // While an input method composes, Enter takes its suggestion. Safari tells so by the old key code alone.
          onKeyDown={(e) => { if (e.key === 'Enter' && (e.isComposing || e.keyCode === 229)) e.preventDefault(); }} />
        {left <= 50 && <span class={`num left ${left < 0 ? 'bad' : ''}`} aria-label={w.left(left)}>{left}</span>}
      </div>
      <button class="ib snd" aria-label={w.send} title={w.send} data-test="chat-send" disabled={left < 0 || hushed !== ''}><Icon of={arrowUpIcon} /></button>
    </form>
  );
}
