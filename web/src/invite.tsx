// How somebody is brought in: a link to copy, to share or to scan.
import { useEffect, useRef, useState } from 'preact/hooks';
import { invitationLink } from './invitation';
import { Dialog } from './parts/common';
import { Icon } from './parts/icon';
import { checkIcon, copyIcon, shareIcon } from './parts/icons';
import { peer, view } from './store';
import { inside } from './text';

export function Invite({ close }: { close: () => void }) {
  const w = inside().invite;
  const link = invitationLink(view.value?.invitation ?? '');
  const field = useRef<HTMLInputElement>(null);
  const [copied, setCopied] = useState(false);
  const [code, setCode] = useState<{ size: number; d: string } | null>(null);
  useEffect(() => {
    if (matchMedia('(hover: hover)').matches) field.current?.select(); // a phone would open its keyboard
    import('./qr').then(({ qrPath }) => setCode(qrPath(link)), () => {}); // it is a convenience
  }, [link]);

  const copy = async () => {
    try {
      await navigator.clipboard.writeText(link);
    } catch { // only a secure page may; everywhere else there is the old way
      field.current?.select();
      document.execCommand('copy');
    }
    setCopied(true);
    setTimeout(() => setCopied(false), 2000);
  };
  const share = () => navigator.share({ title: 'Toile', text: w.message(view.value?.media?.title ?? ''), url: link }).catch(() => {});

  return (
    <Dialog title={w.title} close={close}>
      <p>{w.text}</p>
      {view.value?.server === 'away' && <p class="limits" role="status">{inside().room.awayHint}</p>}
      <div class="inv">
        <div class="qr" hidden={onlyHere()}>
          {code && !onlyHere() && <svg viewBox={`0 0 ${code.size} ${code.size}`} role="img" aria-label={w.qr} shape-rendering="crispEdges"><path fill="#16101c" d={code.d} /></svg>}
        </div>
        <div>
          <div class="field"><input ref={field} readOnly value={link} aria-label={w.link} data-test="invite-link" onFocus={(e) => e.currentTarget.select()} /></div>
          <div class="acts">
            <button type="button" class="btn p" data-test="copy-link" onClick={() => void copy()}><Icon of={copied ? checkIcon : copyIcon} /><span role="status">{copied ? w.copied : w.copy}</span></button>
            {'share' in navigator && <button type="button" class="btn g" onClick={() => void share()}><Icon of={shareIcon} />{w.share}</button>}
          </div>
          <small data-test="scan">{onlyHere() ? w.here : w.scan}</small>
          {view.value?.role === 'host' && <Relink link={link} />}
        </div>
      </div>
    </Dialog>
  );
}

/** The page was opened by a name that other machines have for themselves. */
function onlyHere(): boolean { return /^(localhost|127\..*|\[::1\])$/.test(location.hostname); }

/** A host's way to make a link that went too far worthless. */
function Relink({ link }: { link: string }) {
  const w = inside().relink;
  const [asks, setAsks] = useState(false);
  const [was, setWas] = useState('');
  const question = useRef<HTMLDivElement>(null);
  const open = useRef<HTMLButtonElement>(null);
  // The button that was pressed goes each time, and who uses the keyboard must not be lost with it.
  useEffect(() => question.current?.querySelector('button')?.focus(), [asks]);
  const keep = () => {
    setAsks(false);
    queueMicrotask(() => open.current?.focus());
  };
  if (!asks) {
    return <p class="relink" role="status">{was && was !== link ? w.done : <button type="button" ref={open} class="btn g sm" data-test="new-link" onClick={() => setAsks(true)}>{w.open}</button>}</p>;
  }
  return (
    <div class="relink" ref={question}>
      <p>{w.text}</p>
      <div class="acts">
        <button type="button" class="btn g sm" onClick={keep}>{w.no}</button>
        <button type="button" class="btn danger sm" data-test="new-link-yes" onClick={() => { setWas(link); setAsks(false); peer.value?.do({ type: 'new-link' }); }}>{w.yes}</button>
      </div>
    </div>
  );
}
