import './styles/main.css';
import { render } from 'preact';
import { App, loadTheatre } from './app';
import { loadConfig } from './config';
import { startFilm } from './film';
import { takeInvitation } from './invitation';
import { startWorker } from './offline';
import { openInvitation, reopenRoom, startParty } from './party';
import { trouble } from './store';
import { startLanguage } from './text';
import { missing, warm } from './wasm';

// What the server says of itself and the typefaces are on the first screen too, and what comes later makes it jump. They
// were asked for beside the scripts, so they are here, or nearly; the screen waits for no more than a moment.
const faces = ['1em "Instrument Serif"', 'italic 1em "Instrument Serif"', '1em "Instrument Sans"'].map((f) => document.fonts?.load(f).catch(() => {}));
await Promise.all([startLanguage(), Promise.race([Promise.all([loadConfig(), ...faces]), new Promise((done) => setTimeout(done, 400))])]);
trouble.value = missing();
startFilm();
startParty();
render(<App />, document.getElementById('page')!);

const invitation = takeInvitation();
if (!trouble.value) {
  if (invitation) openInvitation(invitation);
  else reopenRoom();
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

function afterFirstPicture(then: () => void): void {
  let waits = true;
  const go = () => {
    if (waits) then();
    waits = false;
  };
  new PerformanceObserver((list) => { if (list.getEntriesByName('first-contentful-paint').length > 0) go(); }).observe({ type: 'paint', buffered: true });
  setTimeout(go, 1000); // a page in a tab behind is not painted
}
