// What is said and done, in the order in which the host heard of it.
import { useEffect, useLayoutEffect, useMemo, useRef, useState } from 'preact/hooks';
import { Composer } from './chat/composer';
import { ReactionBar } from './chat/reactions';
import { Said } from './chat/said';
import { seekTo } from './drive';
import { clockTime, isolate, speed } from './format';
import { Icon } from './parts/icon';
import { armchairIcon, arrowDownIcon, backIcon, clapperIcon, closeIcon, forthIcon, gaugeIcon, leaveIcon, muteIcon, pauseIcon, playIcon, retryIcon, shieldIcon, ticketIcon,
  timerIcon, volumeIcon, wifiIcon } from './parts/icons';
import type { Line } from './peer';
import { driving, panel, panelOpen, readAll, restored, unread, view } from './store';
import { became } from './people/became';
import { remoteIcon } from './people/icons';
import { inside, lang } from './text';

export function Chat() {
  const lines = view.value?.lines ?? [];
  const kept = useMemo(() => worthShowing(lines), [lines]); // the same lines while nothing is said
  const shown = panelOpen.value && panel.value === 'chat';
  const log = useRef<HTMLDivElement>(null);
  const [atEnd, setAtEnd] = useState(true);
  const [lost, setLost] = useState(restored.value);
  const last = useRef(0);
  const end = () => {
    const el = log.current;
    if (el) el.scrollTop = el.scrollHeight;
  };
  useLayoutEffect(() => { // a host that starts anew knows nothing of what was said
    const newest = lines.at(-1)?.seq ?? 0;
    if (newest === 0) return; // one's own, still on its way
    if (newest < last.current) setLost(true);
    last.current = newest;
  }, [lines]);
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
      <div class="log" ref={log} role="log" tabIndex={0} aria-label={inside().chat.label}
        onScroll={(e) => { const el = e.currentTarget; setAtEnd(el.scrollHeight - el.scrollTop - el.clientHeight < 40); }}>
        <ol>
          {lost ? <li class="ev" data-test="chat-lost"><Icon of={retryIcon} /><span>{inside().chat.begun}</span></li> : lines.length === 0 && <li class="ev">{inside().chat.empty}</li>}
          {kept.map((line, i) => line.kind === 'text'
            ? <Said key={key(line)} line={line} first={!follows(line, kept[i - 1])} />
            : <Happened key={key(line)} line={line} />)}
        </ol>
      </div>
      {!atEnd && <button type="button" class="chip down" onClick={() => { end(); setAtEnd(true); }}><Icon of={arrowDownIcon} />{unread.value > 0 ? inside().room.unread(unread.value) : inside().room.below}</button>}
      <Writing />
      <ReactionBar />
      <Composer />
    </div>
  );
}

/** Of a search through the film only where it came to, of a cleared chat only what came since. */
export function worthShowing(lines: readonly Line[]): Line[] {
  const searches = (l: Line | undefined) => l?.kind === 'sought' || l?.kind === 'rated';
  return lines.slice(Math.max(0, lines.findLastIndex((l) => l.kind === 'cleared')))
    .filter((l, i, all) => !(searches(l) && all[i + 1]?.kind === l.kind && all[i + 1]!.who === l.who));
}

/** Who writes. It is shown and not read out: it changes with every breath. */
function Writing() {
  const v = view.value!;
  const who = v.people.filter((p) => p.typing && !p.me).map((p) => p.name);
  return <p class="writing" data-test="writing" aria-hidden="true">{who.length > 0 && <><i /><i /><i /> {inside().talk.writing(who.slice(0, 2), who.length)}</>}</p>;
}

/** One's own line stays the same one when it comes back from the host: it is read out once. */
function key(l: Line): string { return l.mine && l.post ? `p${l.post}` : `s${l.seq}`; }
function follows(l: Line, before: Line | undefined): boolean { return before?.kind === 'text' && before.who === l.who && before.name === l.name && l.reply === 0; }

const marks: Record<Exclude<Line['kind'], 'text'>, string> = {
  joined: armchairIcon, left: leaveIcon, lost: wifiIcon, played: playIcon, paused: pauseIcon, sought: forthIcon, rated: gaugeIcon, media: clapperIcon,
  kicked: shieldIcon, muted: muteIcon, unmuted: volumeIcon, renamed: ticketIcon, rules: shieldIcon, granted: remoteIcon, revoked: remoteIcon,
  cleared: closeIcon, locked: shieldIcon, unlocked: shieldIcon, waited: timerIcon,
};

function Happened({ line }: { line: Line }) {
  const of = line.kind === 'sought' && line.value < line.position ? backIcon : marks[line.kind as keyof typeof marks];
  const to = line.kind === 'sought' ? line.value : line.position;
  // Where somebody jumped or stopped is a place that others may want to see again.
  const there = (line.kind === 'sought' || line.kind === 'paused') && driving.value;
  return (
    <li class="ev" data-test="chat-line"><Icon of={of} /><span>{sentence(line)}</span>
      {there && <button type="button" class="to" aria-label={inside().talk.goThereAt(clockTime(to))} data-test="go-there" onClick={() => seekTo(to)}>{inside().talk.goThere}</button>}
    </li>
  );
}

/** What happened, in words. */
export function sentence(l: Line): string {
  const w = inside().chat;
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
