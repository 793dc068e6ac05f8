// What the host can do for a person, laid out under their line.
import { isolate } from '../format';
import { Icon } from '../parts/icon';
import { muteIcon, volumeIcon } from '../parts/icons';
import type { Person } from '../peer';
import { peer } from '../store';
import { kickIcon, remoteIcon } from './icons';
import { inside } from '../text';

export function Menu({ id, p, kick }: { id: string; p: Person; kick: () => void }) {
  const w = inside().menu;
  const act = (test: string, icon: string, label: string, onClick: () => void, extra = '') =>
    <button type="button" class={`btn g sm ${extra}`} data-test={test} onClick={onClick}><Icon of={icon} />{label}</button>;
  // Each button stays where it is and changes its word: who uses it by keyboard keeps their place.
  return (
    <div class="deeds" id={id} role="group" aria-label={w.of(isolate(p.name))}>
      {act('grant', remoteIcon, p.drives ? w.take : w.give, () => peer.value?.do({ type: 'grant', id: p.id, on: !p.drives }))}
      {act('mute-person', p.muted ? volumeIcon : muteIcon, p.muted ? w.unmute : w.mute, () => peer.value?.do({ type: 'mute', id: p.id, on: !p.muted }))}
      {act('kick', kickIcon, w.kick, kick, 'bad')}
    </div>
  );
}
