// Where one writes: an answer to somebody or a line of one's own, with names that complete themselves and emoji.
import { signal } from '@preact/signals';
import { useEffect, useRef, useState } from 'preact/hooks';
import { isolate } from '../format';
import { Icon } from '../parts/icon';
import { Avatar } from '../parts/common';
import { arrowUpIcon, closeIcon } from '../parts/icons';
import { smileIcon } from './icons';
import { peer, view } from '../store';
import { answered, answers, draft, tellTyping } from './draft';
import { hush } from './hush';
import { called, calling } from './parts';
import { inside } from '../text';

const longest = 500; // characters, as the host counts them

/** A phone would show its keyboard over the emoji, or in their place. */
const hovers = () => matchMedia('(hover: hover)').matches;

const picker = signal<typeof import('./picker') | null>(null);

export function Composer() {
  const v = view.value!;
  const w = inside().chat;
  const x = inside().talk;
  const input = useRef<HTMLInputElement>(null);
  const [caret, setCaret] = useState(0);
  const [picked, setPicked] = useState(0);
  const [shut, setShut] = useState(false); // the names were sent away
  const [emoji, setEmoji] = useState(false);
  const form = useRef<HTMLFormElement>(null);
  useEffect(tellTyping, []);
  useEffect(() => { // who does something else is done with the emoji
    if (!emoji) return;
    const elsewhere = (e: Event) => { if (!form.current?.contains(e.target as Node)) setEmoji(false); };
    document.addEventListener('pointerdown', elsewhere);
    return () => document.removeEventListener('pointerdown', elsewhere);
  }, [emoji]);

  const text = draft.value;
  const left = longest - [...text].length;
  const call = shut ? null : calling(text, caret);
  const names = call ? called(call.name, v.people.filter((p) => !p.me)) : [];
  const at = Math.min(picked, names.length - 1);
  const why = hush(v);

  /** Puts text in the place of what stands between two places, and the caret behind it; on: to write on there. */
  const put = (what: string, from: number, to: number, on = true) => {
    draft.value = text.slice(0, from) + what + text.slice(to);
    setCaret(from + what.length);
    if (on) queueMicrotask(() => {
      input.current?.focus();
      input.current?.setSelectionRange(from + what.length, from + what.length);
    });
  };
  const choose = (i: number) => { if (call) put(`@${names[i]!.name} `, call.from, caret); };
  const send = (e: Event) => {
    e.preventDefault();
    const said = text.trim();
    if (!said || left < 0 || why || v.phase !== 'theatre') return;
    peer.value?.do({ type: 'say', text: said, ...(answered.value && { reply: answers.value }) });
    draft.value = '';
    answers.value = 0;
    setEmoji(false);
  };
  const keys = (e: KeyboardEvent) => {
    // While an input method composes, its keys are its own. Safari tells so by the old key code alone.
    if (e.isComposing || e.keyCode === 229) { if (e.key === 'Enter') e.preventDefault(); return; }
    if (names.length > 0) {
      const step = { ArrowDown: 1, ArrowUp: -1 }[e.key];
      if (step) setPicked((at + step + names.length) % names.length);
      else if (e.key === 'Enter' || e.key === 'Tab') choose(at);
      else if (e.key === 'Escape') setShut(true);
      else return;
      e.preventDefault();
    } else if (e.key === 'Escape' && answers.value) {
      answers.value = 0;
      e.preventDefault();
    }
  };
  const follow = () => { setCaret(input.current?.selectionStart ?? 0); };

  return (
    <form ref={form} class="comp" onSubmit={send} onKeyDown={(e) => {
      if (e.key !== 'Escape' || !emoji || e.defaultPrevented) return;
      e.preventDefault();
      e.stopPropagation();
      setEmoji(false);
      input.current?.focus();
    }}>
      {emoji && picker.value && <picker.value.Picker choose={(one) => put(one, caret, caret, hovers())} />}
      {names.length > 0 && (
        <ul class="names" role="listbox" id="chat-names" aria-label={x.names}>
          {names.map((p, i) => (
            <li key={p.id} id={`chat-name-${i}`} role="option" aria-selected={i === at} data-test="name-option" onPointerDown={(e) => { e.preventDefault(); choose(i); }}>
              <Avatar name={p.name} hue={v.people.find((q) => q.id === p.id)!.hue} size="s" /><bdi>{p.name}</bdi>
            </li>
          ))}
        </ul>
      )}
      {answered.value && (
        <div class="re" data-test="replying">
          <span>{x.replying(isolate(answered.value.name))} <bdi dir="auto">{answered.value.text}</bdi></span>
          <button type="button" class="ib" aria-label={x.noReply} title={x.noReply} onClick={() => { answers.value = 0; input.current?.focus(); }}><Icon of={closeIcon} /></button>
        </div>
      )}
      <p class="hush" role="status" data-test="hush">{why}</p>
      <div class="field">
        <input id="chat-input" ref={input} value={text} placeholder={w.say} aria-label={w.say} data-test="chat-input" autoComplete="off" enterKeyHint="send" dir="auto"
          readOnly={why !== '' && v.phase === 'theatre'} role="combobox" aria-expanded={names.length > 0} aria-controls="chat-names" aria-autocomplete="list"
          aria-activedescendant={names.length > 0 ? `chat-name-${at}` : undefined}
          onInput={(e) => { draft.value = e.currentTarget.value; setShut(false); setPicked(0); follow(); }} onKeyDown={keys} onKeyUp={follow} onClick={follow} />
        {left <= 50 && <span class={`num left ${left < 0 ? 'bad' : ''}`} aria-label={w.left(left)}>{left}</span>}
        <button type="button" class="ib smile" aria-label={x.emoji} title={x.emoji} aria-expanded={emoji} data-test="emoji" disabled={why !== '' && v.phase === 'theatre'} onClick={() => {
          follow();
          setEmoji(!emoji);
          if (!picker.value) import('./picker').then((m) => { picker.value = m; }, () => setEmoji(false));
        }}><Icon of={smileIcon} /></button>
      </div>
      <button class="ib snd" aria-label={w.send} title={w.send} data-test="chat-send" disabled={left < 0 || why !== ''}><Icon of={arrowUpIcon} /></button>
    </form>
  );
}
