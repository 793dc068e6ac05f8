// Who is here and how their film does; for the host, who may do what.
import { useEffect } from 'preact/hooks';
import { Language } from './parts/common';
import { tellDevice } from './people/device';
import { Door } from './people/door';
import { One } from './people/person';
import { Start } from './people/ready';
import { Now, Rules } from './people/rules';
import { panel, view } from './store';
import { t } from './text';

export function People() {
  const v = view.value;
  useEffect(tellDevice, []);
  return (
    <div class="folk" id="panel-people" role="tabpanel" aria-labelledby="tab-people" hidden={panel.value !== 'people'}>
      <Door />
      <ul class="ppl">{v?.people.map((p) => <One key={p.id} p={p} />)}</ul>
      {v && <Start v={v} />}
      {v?.role === 'host' ? <Rules rules={v.rules} /> : v && <Now rules={v.rules} />}
      <div class="opt foot ph"><b>{t().language}</b><Language /></div>
    </div>
  );
}
