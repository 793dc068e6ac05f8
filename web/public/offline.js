// Speaks the language that was chosen on the page, else the browser's, and looks for the server.
let chosen = null;
try {
  chosen = localStorage.getItem('toile.lang');
} catch { /* storage is forbidden */ }
const sections = [...document.querySelectorAll('section')];
const wanted = [chosen, ...navigator.languages].map((l) => sections.find((s) => s.lang === l?.toLowerCase().split('-')[0]));
const spoken = wanted.find((s) => s) ?? sections[0];
for (const s of sections) s.hidden = s !== spoken;
document.documentElement.lang = spoken.lang;

const again = () => location.reload(); // with the fragment, if there is one
for (const button of document.querySelectorAll('button')) button.addEventListener('click', again);

async function look() {
  try {
    if ((await fetch('/config.json', { cache: 'no-store' })).ok) again();
  } catch { /* not yet */ }
}
addEventListener('online', look);
setInterval(look, 5000);
