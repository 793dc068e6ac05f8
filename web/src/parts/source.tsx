// Where a film comes from: an address or a file, and on the first page also an invitation.
import type { ComponentChildren } from 'preact';
import { signal } from '@preact/signals';
import { useEffect, useState } from 'preact/hooks';
import { complete, fileTitle, isInvitation, judgeTyped, titleOf } from '../address';
import { sample } from '../config';
import { fileSize } from '../format';
import type { Choice } from '../peer';
import { lang, t } from '../text';
import { Icon } from './icon';
import { filmIcon, folderIcon, linkIcon, playIcon, ticketIcon } from './icons';

type Tab = 'link' | 'file' | 'invited';
type Wrong = 'needLink' | 'needFile' | 'needInvitation' | 'badLink' | 'insecure' | 'local';

/** The file that is chosen: in the form's own field, or let fall on the page before the form is there. */
export const chosen = signal<File | null>(null);

interface Props {
  submit: string;
  onFilm: (media: Choice, file: File | null) => void;
  onInvitation?: (text: string) => void;
  children?: ComponentChildren;
  note?: ComponentChildren;
}

export function Source({ submit, onFilm, onInvitation, children, note }: Props) {
  const [tab, setTab] = useState<Tab>('link');
  const [address, setAddress] = useState('');
  const [invitation, setInvitation] = useState('');
  const [wrong, setWrong] = useState<Wrong | ''>('');
  const w = t().landing;
  const file = chosen.value;

  const choose = (next: Tab) => {
    setTab(next);
    setWrong('');
  };
  useEffect(() => { if (file) choose('file'); }, [file]);
  useEffect(() => () => { chosen.value = null; }, []);
  const go = (e: Event) => {
    e.preventDefault();
    const refuse = (why: Wrong) => {
      setWrong(why);
      (e.currentTarget as HTMLElement).querySelector<HTMLElement>('.field:not([hidden]) input')?.focus();
    };
    if (tab === 'invited') {
      if (invitation.trim()) onInvitation?.(invitation.trim());
      else refuse('needInvitation');
    } else if (tab === 'file') {
      if (file) onFilm({ kind: 'file', url: '', title: fileTitle(file.name) || file.name, name: file.name, size: file.size, duration: 0 }, file);
      else refuse('needFile');
    } else {
      const wanted = complete(address);
      const verdict = judgeTyped(wanted, location.href);
      if (!wanted) refuse('needLink');
      else if (onInvitation && isInvitation(address)) onInvitation(address.trim()); // pasted where the page opens
      else if (verdict === 'ok') onFilm(byURL(wanted), null);
      else refuse(verdict === 'bad' ? 'badLink' : verdict);
    }
  };
  const tabs: [Tab, string, string, string][] = [['link', linkIcon, w.link, w.linkHint], ['file', filmIcon, w.file, w.fileHint]];
  if (onInvitation) tabs.push(['invited', ticketIcon, w.invited, w.invitedHint]);

  return (
    <form class="card" onSubmit={go} noValidate>
      <div class={`tabs n${tabs.length}`} role="tablist" aria-label={w.tabs}>
        {tabs.map(([id, icon, title, hint], i) => (
          <button key={id} type="button" role="tab" id={`tab-${id}`} aria-controls={`panel-${id}`} aria-selected={tab === id}
            tabIndex={tab === id ? 0 : -1} data-test={`tab-${id}`} onClick={() => choose(id)}
            onKeyDown={(e) => {
              const step = e.key === 'ArrowRight' ? 1 : e.key === 'ArrowLeft' ? -1 : 0;
              if (!step) return;
              const next = tabs[(i + step + tabs.length) % tabs.length]![0];
              choose(next);
              document.getElementById(`tab-${next}`)?.focus();
            }}>
            <Icon of={icon} /><span><b>{title}</b><small>{hint}</small></span>
          </button>
        ))}
      </div>
      <div class="body">
        {tab !== 'invited' && children}
        <div class="row">
          <div class="field" role="tabpanel" id="panel-link" aria-labelledby="tab-link" hidden={tab !== 'link'}>
            <Icon of={linkIcon} />
            <input type="url" autoComplete="off" aria-label={w.paste} placeholder={w.paste} maxLength={2048} data-test="source-url"
              value={address} onInput={(e) => { setAddress(e.currentTarget.value); setWrong(''); }} aria-invalid={wrong !== ''} />
          </div>
          <div class="field" role="tabpanel" id="panel-file" aria-labelledby="tab-file" hidden={tab !== 'file'}>
            <label class="pick">
              <Icon of={folderIcon} />
              <input type="file" class="sr" accept="video/*,.mkv" data-test="source-file" aria-label={w.choose} onChange={(e) => { chosen.value = e.currentTarget.files?.[0] ?? null; }} />
              <span class={file ? 'got' : 'faint'}>{file ? <><bdi>{file.name}</bdi><small>{fileSize(lang(), file.size)}</small></> : w.choose}</span>
            </label>
          </div>
          {onInvitation && (
            <div class="field" role="tabpanel" id="panel-invited" aria-labelledby="tab-invited" hidden={tab !== 'invited'}>
              <Icon of={ticketIcon} />
              <input autoComplete="off" aria-label={w.pasteInvitation} placeholder={w.pasteInvitation} data-test="join-link"
                value={invitation} onInput={(e) => { setInvitation(e.currentTarget.value); setWrong(''); }} aria-invalid={wrong !== ''} />
            </div>
          )}
          <button class="btn p" data-test="open-room">{tab === 'invited' ? w.enter : submit}</button>
        </div>
        <p class={`hint ${wrong ? 'bad' : ''}`} role="status">
          {wrong ? w[wrong] : { link: w.linkNote, file: w.fileNote, invited: w.invitedNote }[tab]}
        </p>
        {sample.value && tab !== 'invited' && (
          <p class="try">
            <span>{w.sampleAsk}</span>
            <button type="button" class="btn g sm" data-test="sample" onClick={() => onFilm(byURL(sample.value!.url, sample.value!.title), null)}>
              <Icon of={playIcon} />{w.sample}
            </button>
            {sample.value.credit && <small>{sample.value.title}, {sample.value.credit}</small>}
          </p>
        )}
        {note}
      </div>
    </form>
  );
}

function byURL(address: string, title = ''): Choice {
  const url = new URL(address, location.href).href; // guests need the whole of it
  return { kind: 'url', url, title: title || titleOf(url), name: '', size: 0, duration: 0 };
}
