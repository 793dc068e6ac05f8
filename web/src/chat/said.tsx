// A line that somebody said: whom it answers, its parts, and what one can do with it.
import { useState } from 'preact/hooks';
import { duration, refusal, seekTo } from '../drive';
import { clockTime, isolate } from '../format';
import { Avatar, vars } from '../parts/common';
import { Icon } from '../parts/icon';
import { replyIcon, trashIcon } from './icons';
import type { Line } from '../peer';
import { peer, view } from '../store';
import { answers } from './draft';
import { isLoneEmoji } from './lone';
import { split } from './parts';
import { inside } from '../text';

export function Said({ line, first }: { line: Line; first: boolean }) {
  const v = view.value!;
  const [open, setOpen] = useState(false); // a finger has no hover
  const quoted = line.reply ? v.lines.find((l) => l.seq === line.reply) : undefined;
  const forMe = !line.mine && split(line.text, v.people.filter((p) => p.me), 0).some((p) => p.kind === 'mention');
  const big = !line.erased && isLoneEmoji(line.text);
  return (
    <li id={line.seq ? `line-${line.seq}` : undefined} class={`m ${first ? '' : 'more'} ${big ? 'big' : ''} ${line.pending ? 'pending' : ''} ${forMe ? 'forme' : ''} ${open ? 'open' : ''}`}
      style={vars({ '--h': line.hue })} data-test="chat-line" onClick={(e) => { if (!(e.target as Element).closest('button, a')) setOpen(!open); }}>
      {first && <Avatar name={line.name} hue={line.hue} />}
      {first && <span class="n"><bdi dir="auto">{line.name}</bdi><time class="num" title={inside().talk.inFilm(clockTime(line.position))}>{clockTime(line.position)}</time></span>}
      {!first && <span class="sr">{isolate(line.name)}</span>}
      {line.reply > 0 && <Quote line={quoted} />}
      {line.erased ? <p class="erased">{inside().talk.erased}</p> : <p dir="auto"><Parts line={line} /></p>}
      {!line.erased && !line.pending && v.phase === 'theatre' && <Deeds line={line} />}
    </li>
  );
}

function Parts({ line }: { line: Line }) {
  const w = inside().talk;
  return (
    <>
      {split(line.text, view.value!.people, duration.value).map((p, i) => {
        switch (p.kind) {
          case 'text': return p.text;
          // noreferrer: a site need not learn from where its visitor comes; noopener: nor hold this window.
          case 'link': return <a key={i} href={p.href} target="_blank" rel="noopener noreferrer nofollow ugc">{p.text}</a>;
          case 'mention': return <b key={i} class="at">{p.text}</b>;
          case 'moment': return refusal.value
            ? <span key={i} class="num" title={refusal.value}>{p.text}</span>
            : <button key={i} type="button" class="num to" title={w.goTo(p.text)} data-test="moment" onClick={() => seekTo(p.at)}>{p.text}</button>;
        }
      })}
    </>
  );
}

/** The beginning of what is answered, and the way there. */
function Quote({ line }: { line: Line | undefined }) {
  const w = inside().talk;
  if (!line || line.erased) return <span class="quote gone">{w.erased}</span>;
  const go = () => {
    const el = document.getElementById(`line-${line.seq}`);
    el?.scrollIntoView({ block: 'center', behavior: matchMedia('(prefers-reduced-motion: reduce)').matches ? 'auto' : 'smooth' });
    el?.classList.remove('pointed');
    void el?.offsetWidth; // so that a second visit shows too
    el?.classList.add('pointed');
  };
  return (
    <button type="button" class="quote" style={vars({ '--h': line.hue })} title={w.quoted(isolate(line.name))} data-test="quote" onClick={go}>
      <b><bdi>{line.name}</bdi></b> <bdi dir="auto">{line.text}</bdi>
    </button>
  );
}

function Deeds({ line }: { line: Line }) {
  const v = view.value!;
  const w = inside().talk;
  const mine = line.mine || line.who === v.me;
  return (
    <span class="does">
      {v.may.chat && (
        <button type="button" class="ib" aria-label={w.reply(isolate(line.name))} title={w.replyShort} data-test="reply" onClick={() => {
          answers.value = line.seq;
          document.getElementById('chat-input')?.focus();
        }}><Icon of={replyIcon} /></button>
      )}
      {(mine || v.role === 'host') && (
        <button type="button" class="ib" aria-label={w.erase} title={w.erase} data-test="erase" onClick={() => {
          peer.value?.do({ type: 'erase', seq: line.seq });
          document.getElementById('chat-input')?.focus(); // this button goes
        }}><Icon of={trashIcon} /></button>
      )}
    </span>
  );
}
