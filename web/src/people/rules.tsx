// What the host decides for the whole party, and what holds for who cannot change it.
import { Clear } from '../chat/clear';
import { useId, useState } from 'preact/hooks';
import { Icon } from '../parts/icon';
import type { Rules as TheRules } from '../peer';
import { peer } from '../store';
import { bellIcon, lockIcon, quietIcon, remoteIcon, settingsIcon } from './icons';
import { inside } from '../text';

export function Rules({ rules }: { rules: TheRules }) {
  const w = inside().rules;
  const id = useId();
  const [open, setOpen] = useState(false);
  const change = (changed: Partial<TheRules>) => peer.value?.do({ type: 'rules', rules: changed });
  return (
    <section class="rules">
      <button type="button" class="btn g sm" aria-expanded={open} aria-controls={id} data-test="rules" onClick={(e) => {
        setOpen(!open);
        const section = e.currentTarget.parentElement;
        if (!open) requestAnimationFrame(() => section?.scrollIntoView({ block: 'start', behavior: 'smooth' }));
      }}><Icon of={settingsIcon} />{w.title}</button>
      {!open && <Now rules={rules} />}
      {open && (
        <div id={id}>
          <Choice name="drive" legend={w.drive} options={w.drives} hint={w.driveHint[rules.drive]} value={rules.drive} set={(drive) => change({ drive })} />
          <Choice name="wait" legend={w.wait} options={w.waits} hint={w.waitHint[rules.wait]} value={rules.wait} set={(wait) => change({ wait })} />
          <Switch name="locked" icon={lockIcon} title={w.lock} hint={w.lockHint} on={rules.locked} set={(locked) => change({ locked })} />
          <Switch name="approve" icon={bellIcon} title={w.approve} hint={w.approveHint} on={rules.approve} set={(approve) => change({ approve })} />
          <Switch name="quiet" icon={quietIcon} title={w.quiet} hint={w.quietHint} on={rules.muted} set={(muted) => change({ muted })} />
          <Clear />
        </div>
      )}
    </section>
  );
}

/** One of three, with what it means. */
function Choice<K extends string>({ name, legend, options, hint, value, set }: { name: string; legend: string; options: Record<K, string>; hint: string;
  value: K; set: (k: K) => void }) {
  const id = useId();
  return (
    <fieldset class="seg" role="radiogroup" aria-describedby={id}>
      <legend>{legend}</legend>
      <div>
        {(Object.entries(options) as [K, string][]).map(([k, label]) => (
          <label key={k}><input type="radio" class="sr" name={`${id}-${name}`} checked={value === k} data-test={`${name}-${k}`} onChange={() => set(k)} /><span>{label}</span></label>
        ))}
      </div>
      <p id={id} aria-live="polite">{hint}</p>
    </fieldset>
  );
}

function Switch({ name, icon, title, hint, on, set }: { name: string; icon: string; title: string; hint: string; on: boolean; set: (on: boolean) => void }) {
  return (
    <label class="opt"><Icon of={icon} />
      <span><b>{title}</b>{hint}</span>
      <input type="checkbox" role="switch" class="sw" checked={on} data-test={`rule-${name}`} onChange={(e) => set(e.currentTarget.checked)} />
    </label>
  );
}

/** What holds here, in a few words. */
export function Now({ rules }: { rules: TheRules }) {
  const w = inside().rules.now;
  return (
    <ul class="holds" data-test="rules-now">
      <li><Icon of={remoteIcon} />{w[rules.drive]}</li>
      {rules.locked && <li><Icon of={lockIcon} />{w.locked}</li>}
      {rules.approve && !rules.locked && <li><Icon of={bellIcon} />{w.approve}</li>}
      {rules.muted && <li><Icon of={quietIcon} />{w.muted}</li>}
    </ul>
  );
}
