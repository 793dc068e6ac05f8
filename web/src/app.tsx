import { signal } from '@preact/signals';
import { Landing } from './landing';
import { Lobby } from './lobby';
import { Ended, Opening } from './message';
import { opening, phase, view } from './store';
import { comeIn } from './text';

/** The theatre comes after the first picture: nobody is in it before the peer has come too. */
const theatre = signal<typeof import('./theatre') | null>(null);

export function loadTheatre(): void {
  // A medium that no screen is lets the browser fetch the style without holding up the first picture.
  const style = document.querySelector<HTMLLinkElement>('link[media=evening]');
  if (style) style.media = 'all';
  // Never without its style, which would arrive with a jump; a style that does not come is gone without.
  const styled = !style || style.sheet ? null : new Promise((done) => { style.onload = style.onerror = done; });
  Promise.all([import('./theatre'), styled, comeIn()]).then(([m]) => {
    theatre.value = m;
    m.startDrop(); // on every screen, and also when the server is gone by then
  }, () => setTimeout(loadTheatre, 2000));
}

/** One screen at a time, chosen by where one is in the course of an evening. */
export function App() {
  const host = (view.value?.role ?? opening.value) === 'host';
  switch (phase.value) {
    case 'landing': return <Landing />;
    case 'lobby':
    case 'knocking': return <Lobby />;
    case 'theatre':
    case 'broken':
      if (theatre.value) return <theatre.value.Theatre />;
      return host ? <Opening /> : <Lobby />;
    case 'ended': return <Ended />;
    case 'connecting': return host ? <Opening /> : <Lobby />;
  }
}
