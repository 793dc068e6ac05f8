// Small things that every screen has.
import type { ComponentChildren } from 'preact';
import { useEffect, useRef } from 'preact/hooks';
import { languages, lang, setLanguage, t } from '../text';
import { hues, myHue, setHue } from '../store';
import { Icon } from './icon';
import { closeIcon } from './icons';

/** A colour or a size that is only known at run time goes into a custom property: the policy forbids style attributes,
 * and Preact sets an object's entries one by one through the element's own style. */
export function vars(v: Record<`--${string}`, string | number>): Record<string, string | number> { return v; }

export function Mark({ onClick }: { onClick?: () => void }) {
  return (
    <a class="mark" href="/" aria-label="Toile" onClick={onClick && ((e) => { e.preventDefault(); onClick(); })}>
      <i /><span>Toile</span>
    </a>
  );
}

/** A few stand side by side; more are a list, by the names that they have for themselves. */
export function Language({ all = languages }: { all?: readonly string[] }) {
  if (all.length > 3) {
    return (
      <select class="lang" aria-label={t().language} data-test="lang" value={lang()} onChange={(e) => setLanguage(e.currentTarget.value)}>
        {all.map((l) => <option key={l} value={l} lang={l}>{new Intl.DisplayNames(l, { type: 'language' }).of(l)}</option>)}
      </select>
    );
  }
  return (
    <div class="lang" role="group" aria-label={t().language}>
      {all.map((l) => (
        <button key={l} type="button" lang={l} data-test={`lang-${l}`} aria-pressed={lang() === l} onClick={() => setLanguage(l)}>
          {l.toUpperCase()}
        </button>
      ))}
    </div>
  );
}

const segmenter = typeof Intl.Segmenter === 'function' ? new Intl.Segmenter() : null;

/** The first letter as people see it, which may be several code points. */
export function initial(name: string): string {
  const first = segmenter ? segmenter.segment(name)[Symbol.iterator]().next().value?.segment : [...name][0];
  return (first ?? '?').toLocaleUpperCase();
}

export function Avatar({ name, hue, size = '', state }: { name: string; hue: number; size?: 's' | 'l' | ''; state?: string }) {
  return (
    <span class={`av ${size}`} style={vars({ '--h': hue })} aria-hidden="true">
      {initial(name)}{state && <i class={`st ${state}`} />}
    </span>
  );
}

export function Faces({ people, most = 5 }: { people: readonly { id: number; name: string; hue: number }[]; most?: number }) {
  const shown = people.length > most ? people.slice(0, most - 1) : people;
  return (
    <span class="stack">
      {shown.map((p) => <Avatar key={p.id} name={p.name} hue={p.hue} size="s" />)}
      {people.length > shown.length && <span class="av s more num">+{people.length - shown.length}</span>}
    </span>
  );
}

export function Hues() {
  const move = (e: KeyboardEvent) => {
    const step = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 }[e.key];
    if (!step) return;
    e.preventDefault();
    const next = hues[((hues as readonly number[]).indexOf(myHue.value) + step + hues.length) % hues.length]!;
    setHue(next);
    ((e.currentTarget as HTMLElement).children[hues.indexOf(next)] as HTMLElement).focus();
  };
  return (
    <div class="hues" role="radiogroup" aria-label={t().me.hue} onKeyDown={move}>
      {hues.map((hue) => (
        <button key={hue} type="button" role="radio" aria-checked={myHue.value === hue} tabIndex={myHue.value === hue ? 0 : -1}
          aria-label={t().me.hues[hue]} style={vars({ '--h': hue })} onClick={() => setHue(hue)}><i /></button>
      ))}
    </div>
  );
}

export function Button({ icon, label, ...rest }: { icon: string; label: string; onClick: () => void; disabled?: boolean;
  class?: string; title?: string; 'data-test'?: string; 'aria-pressed'?: boolean | undefined; 'aria-expanded'?: boolean; children?: ComponentChildren }) {
  const { children, class: extra = '', title = label, ...attributes } = rest;
  return <button type="button" {...attributes} class={`ib ${extra}`} aria-label={label} title={title}><Icon of={icon} />{children}</button>;
}

export function Dialog({ title, close, children, class: extra = '' }: { title: string; close: () => void; children: ComponentChildren; class?: string }) {
  const ref = useRef<HTMLDialogElement>(null);
  useEffect(() => {
    const dialog = ref.current!;
    const before = document.activeElement;
    dialog.showModal();
    return () => {
      dialog.close();
      if (before instanceof HTMLElement) before.focus();
    };
  }, []);
  return (
    <dialog ref={ref} class={`dlg ${extra}`} aria-labelledby="dialog-title"
      onCancel={(e) => { e.preventDefault(); close(); }}
      onClick={(e) => { if (e.target === e.currentTarget) close(); }}>
      <div class="in">
        <Button icon={closeIcon} label={t().close} class="x" onClick={close} />
        <h2 id="dialog-title">{title}</h2>
        {children}
      </div>
    </dialog>
  );
}
