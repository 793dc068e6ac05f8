import './styles/main.css';
import { render } from 'preact';
import { App, loadTheatre } from './app';
import { loadConfig } from './config';
import { startFilm } from './film';
import { takeInvitation } from './invitation';
import { startWorker } from './offline';
import { findWayBack, openInvitation, startParty } from './party';
import { trouble, wayBack } from './store';
import { startLanguage } from './text';
import { missing, warm } from './wasm';

// What the server says of itself and the typefaces are on the first screen too, and what comes later makes it jump. They
// were asked for beside the scripts, so they are here, or nearly; the screen waits for no more than a moment.
const faces = ['1em "Instrument Serif"', 'italic 1em "Instrument Serif"', '1em "Instrument Sans"'].map((f) => document.fonts?.load(f).catch(() => {}));
await Promise.all([startLanguage(), Promise.race([Promise.all([loadConfig(), ...faces]), new Promise((done) => setTimeout(done, 400))])]);
trouble.value = missing();
startFilm();
startParty();
const invitation = takeInvitation();
const back = invitation ? null : findWayBack();
if (!cameBack()) wayBack.value = back;
render(<App />, document.getElementById('page')!);

if (!trouble.value) {
  if (invitation) openInvitation(invitation);
  else if (!wayBack.value) back?.();
}
// The first picture comes first; what the evening needs comes while a form is filled in.
if (!trouble.value) {
  afterFirstPicture(() => {
    warm();
    loadTheatre();
    startWorker();
  });
}
// Another invitation, pasted into the address of an open page.
addEventListener('hashchange', () => { if (location.hash.length > 1) location.reload(); });

/** Whether the browser brought back what was here: by a reload, a step back, or from a tab that it had put to sleep. Who
 * opens the address anew may want something else, and is asked. */
function cameBack(): boolean {
  const [how] = performance.getEntriesByType('navigation') as PerformanceNavigationTiming[];
  return how?.type !== 'navigate' || (document as { wasDiscarded?: boolean }).wasDiscarded === true;
}

function afterFirstPicture(then: () => void): void {
  let waits = true;
  const go = () => {
    if (waits) then();
    waits = false;
  };
  new PerformanceObserver((list) => { if (list.getEntriesByName('first-contentful-paint').length > 0) go(); }).observe({ type: 'paint', buffered: true });
  setTimeout(go, 1000); // a page in a tab behind is not painted
}
