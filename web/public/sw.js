// The page's service worker. It does one thing: where no page comes from the network, it says in words what Toile
// needs. It keeps the files named here and nothing else, and fetches them when it is installed. What people ask for is
// never stored: no page, so that none outlives a deploy; no film; and nothing of an address, whose fragment is the
// invitation.

// The hash of the files kept, set by web/build: a browser installs the worker anew only when this file differs.
const edition = '{{edition}}';
const page = '/offline.html';
const kept = [page, '/offline.css', '/offline.js'];

addEventListener('install', (event) => {
  event.waitUntil(caches.open(edition).then((shelf) => shelf.addAll(kept.map((url) => new Request(url, { cache: 'reload' })))));
  skipWaiting(); // it holds no state that a newer one could disturb
});

addEventListener('activate', (event) => {
  event.waitUntil(Promise.all([
    caches.keys().then((names) => Promise.all(names.filter((name) => name !== edition).map((name) => caches.delete(name)))),
    registration.navigationPreload?.enable(), // the network is asked while the worker still wakes up
  ]));
});

addEventListener('fetch', (event) => {
  const { pathname } = new URL(event.request.url);
  if (event.request.mode === 'navigate' && pathname === '/') event.respondWith(open(event));
  else if (kept.includes(pathname)) event.respondWith(fetch(event.request).catch(() => caches.match(pathname)));
});

async function open(event) {
  try {
    return await event.preloadResponse ?? await fetch(event.request);
  } catch {
    return await caches.match(page) ?? Response.error();
  }
}
