// The page that stands in for Toile where there is no network. It is bundled by itself, as /offline.js, which the service
// worker keeps. It speaks the language of the page, and looks for the server.
import { offline } from 'toile:offline';
import { recall } from './memory';
import { chooseLanguage } from './text/choose';

const lang = chooseLanguage(Object.keys(offline), location.search, recall('lang'), navigator.languages);
document.documentElement.lang = lang;
for (const [key, words] of Object.entries(offline[lang]!)) document.querySelector(`[data-say=${key}]`)!.textContent = words;

const again = () => location.reload(); // with the fragment, if there is one
document.querySelector('button')!.addEventListener('click', again);

async function look(): Promise<void> {
  try {
    if ((await fetch('/config.json', { cache: 'no-store' })).ok) again();
  } catch { /* not yet */ }
}
addEventListener('online', () => void look());
setInterval(() => void look(), 5000);
