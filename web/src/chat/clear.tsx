// The host empties the chat for everybody, after being asked once.
import { useState } from 'preact/hooks';
import { Dialog } from '../parts/common';
import { Icon } from '../parts/icon';
import { trashIcon } from './icons';
import { peer } from '../store';
import { inside } from '../text';

export function Clear() {
  const w = inside().talk;
  const [asks, setAsks] = useState(false);
  return (
    <>
      <button type="button" class="btn g sm clear" data-test="clear" onClick={() => setAsks(true)}><Icon of={trashIcon} />{w.clear}</button>
      {asks && (
        <Dialog title={w.clearAsk} close={() => setAsks(false)} class="small">
          <p>{w.clearText}</p>
          <div class="acts">
            <button type="button" class="btn g" onClick={() => setAsks(false)}>{w.clearNo}</button>
            <button type="button" class="btn danger" data-test="clear-yes" onClick={() => { peer.value?.do({ type: 'clear' }); setAsks(false); }}>{w.clearYes}</button>
          </div>
        </Dialog>
      )}
    </>
  );
}
