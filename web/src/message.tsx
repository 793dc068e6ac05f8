// A whole screen with one thing to say: a door that stayed shut, or a farewell. It is projected on the screen of an
// empty house, or of one where those who were there still sit.
import type { ComponentChildren } from 'preact';
import { useEffect, useRef } from 'preact/hooks';
import { known } from './codes';
import { Language, Mark } from './parts/common';
import { Icon } from './parts/icon';
import { armchairIcon, leaveIcon, retryIcon } from './parts/icons';
import { Seats, seated } from './parts/seats';
import { goHome, tryAgain } from './party';
import { trouble, view, wasInside } from './store';
import { t } from './text';

export function Ended() {
  const v = view.value;
  const code = trouble.value || v?.code || '';
  const farewell = !trouble.value && wasInside.value && (code === '' || code === 'party-over');
  const words = code === '' ? { title: t().ended.left, text: v?.role === 'host' ? t().ended.leftHost : t().ended.leftText } : t().codes[known(code)];
  const guest = v ? v.role === 'guest' : false;
  const hopeless = ['no-webrtc', 'no-wasm', 'no-websocket', 'link-invalid', 'link-wrong', 'party-over', 'kicked'].includes(code);
  const reloads = ['crashed', 'version', 'link-version', 'protocol'].includes(code);
  const again = code === '' ? guest && t().ended.back : !hopeless && (reloads ? t().reload : t().again);
  return (
    <Projected title={words.title} text={words.text} test={farewell ? 'ended' : 'error'} lit={farewell}
      hues={farewell ? v?.people.map((p) => p.hue) ?? [] : []}>
      {again && <Action icon={code === '' ? armchairIcon : retryIcon} label={again} onClick={tryAgain} main />}
      <Action icon={leaveIcon} label={t().home} onClick={goHome} main={!again} />
    </Projected>
  );
}

export function Opening() {
  return <Projected title={t().opening} text="" test="opening" lit hues={[]}><span class="spin" /></Projected>;
}

function Action({ icon, label, onClick, main = false }: { icon: string; label: string; onClick: () => void; main?: boolean }) {
  return <button type="button" class={`btn ${main ? 'p' : 'g'}`} onClick={onClick}><Icon of={icon} />{label}</button>;
}

function Projected({ title, text, test, lit, hues, children }: { title: string; text: string; test: string; lit: boolean;
  hues: readonly number[]; children: ComponentChildren }) {
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => { if (document.activeElement === document.body) heading.current?.focus({ preventScroll: true }); }, []); // what had it is gone
  return (
    <div class={`house projected ${lit ? 'lit' : ''}`}>
      <div class="wall" /><div class="spill" /><div class="floor" />
      <Seats heads={seated(hues)} />
      <header class="head"><Mark onClick={goHome} /><Language /></header>
      <main>
        <section class="canvas" data-test={test} role={test === 'error' ? 'alert' : 'status'}>
          <h1 ref={heading} tabIndex={-1}>{title}</h1>
          {text && <p>{text}</p>}
          <div class="acts">{children}</div>
        </section>
      </main>
    </div>
  );
}
