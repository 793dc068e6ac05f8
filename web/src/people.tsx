// Who is here, and how their film does.
import { ms } from './format';
import { Avatar, Language } from './parts/common';
import { Icon } from './parts/icon';
import { crownIcon } from './parts/icons';
import type { Person } from './peer';
import { panel, peer, view } from './store';
import { lang, t } from './text';

export function People() {
  const v = view.value;
  const w = t().people;
  return (
    <div class="folk" id="panel-people" role="tabpanel" aria-labelledby="tab-people" hidden={panel.value !== 'people'}>
      <ul class="ppl">{v?.people.map((p) => <One key={p.id} p={p} />)}</ul>
      {v?.role === 'host' && (
        <label class="opt foot">
          <span><b>{w.everyone}</b>{w.everyoneHint}</span>
          <input type="checkbox" role="switch" class="sw" checked={v.may.everyone} data-test="everyone-drives"
            onChange={(e) => peer.value?.do({ type: 'allow', everyone: e.currentTarget.checked })} />
        </label>
      )}
      <div class="opt foot ph"><b>{t().language}</b><Language /></div>
    </div>
  );
}

function One({ p }: { p: Person }) {
  const w = t().people;
  const off = p.offset === null ? null : Math.round(p.offset);
  const details = [w[p.state === 'no-film' ? 'none' : p.state]];
  if (p.host) details.unshift(w.host);
  else if (p.rtt !== null) details.push(ms(lang(), Math.round(p.rtt)));
  const good = p.state === 'ok';
  return (
    <li data-test="person">
      <Avatar name={p.name} hue={p.hue} state={good ? 'ok' : p.state === 'no-film' ? 'off' : 'w'} />
      <b><bdi dir="auto">{p.name}</bdi>{p.me && <i>{w.you}</i>}{p.host && <Icon of={crownIcon} />}</b>
      <small>{details.join(' · ')}</small>
      {good && off !== null && <span class={`d num ${Math.abs(off) > 40 ? 'w' : ''}`}>{ms(lang(), off, 'exceptZero')}</span>}
    </li>
  );
}
