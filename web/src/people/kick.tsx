// Before somebody is removed: what that does, and what it cannot do.
import { useState } from 'preact/hooks';
import { isolate } from '../format';
import { Dialog } from '../parts/common';
import { Icon } from '../parts/icon';
import type { Person } from '../peer';
import { peer, view } from '../store';
import { kickIcon } from './icons';
import { inside } from '../text';

export function Kick({ p, close }: { p: Person; close: () => void }) {
  const w = inside().kick;
  const knocks = view.value?.rules.approve ?? false;
  const [approve, setApprove] = useState(false);
  const remove = () => {
    if (approve) peer.value?.do({ type: 'rules', rules: { approve: true } });
    peer.value?.do({ type: 'kick', id: p.id });
    close();
  };
  return (
    <Dialog title={w.title(isolate(p.name))} close={close} class="small">
      <p>{w.now(isolate(p.name))}</p>
      <p class="limits">{w.limits}</p>
      {!knocks && (
        <label class="opt">
          <span><b>{w.approve}</b></span>
          <input type="checkbox" role="switch" class="sw" checked={approve} data-test="kick-approve" onChange={(e) => setApprove(e.currentTarget.checked)} />
        </label>
      )}
      <div class="acts">
        <button type="button" class="btn g" onClick={close}>{w.no}</button>
        <button type="button" class="btn danger" data-test="kick-yes" onClick={remove}><Icon of={kickIcon} />{w.yes}</button>
      </div>
    </Dialog>
  );
}
