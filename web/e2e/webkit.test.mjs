// WebKitGTK, the nearest to Safari that runs here. As it is it has no WebRTC, which the page must say; with a WebRTC that
// leads nowhere everything else of a host's evening can be seen.
import assert from 'node:assert/strict';
import test from 'node:test';
import { longFilm } from './films.mjs';
import { startServer } from './processes.mjs';
import { lacking, openDoor, WebKit } from './webkit.mjs';

function scene(name, play) {
  test(name, { timeout: 120_000, skip: lacking() }, async () => {
    const server = await startServer(longFilm());
    const open = [];
    try {
      await play(server, async () => {
        open.push(await WebKit.open());
        return open.at(-1);
      });
      for (const w of open) assert.deepEqual(await w.evaluate(() => window.complaints), [], 'no complaint in the console');
    } finally {
      for (const w of open) await w.close();
      await server.kill('SIGKILL');
    }
  });
}

/** The window's edges keep everything in. */
async function fits(w, where) {
  assert.equal(await w.evaluate(() => document.documentElement.scrollWidth - innerWidth), 0, `nothing scrolls sideways: ${where}`);
}
/** An element that is laid over the page lies inside the window. */
async function inside(w, what, selector) {
  const box = await w.sees(`${what} is open`, (s) => {
    const el = document.querySelector(s);
    return el?.checkVisibility() && { ...el.getBoundingClientRect().toJSON(), width: innerWidth, height: innerHeight };
  }, selector);
  assert.ok(box.left >= 0 && box.top >= 0 && box.right <= box.width && box.bottom <= box.height, `${what} is inside the window: ${JSON.stringify(box)}`);
}

scene('WebKit without WebRTC says what it lacks', async (server, person) => {
  const w = await person();
  await w.resize(420, 900);
  await w.goto(await openDoor(server, { withRTC: false }));
  const told = () => document.querySelector('[data-test=error], [data-test=ended]')?.innerText;
  assert.match(await w.sees('a notice', told), /lacks WebRTC.*Use a current/s);
  await fits(w, 'the notice on a phone');
  await w.click('lang-fr');
  await w.sees('French', () => document.documentElement.lang === 'fr');
  assert.match(await w.evaluate(told), /WebRTC lui manque.*Prenez/s);
  await fits(w, 'the notice in French');
});

scene('a host\'s evening in WebKit', async (server, person) => {
  const w = await person();
  await w.resize(1440, 900);
  await w.goto(await openDoor(server, { withRTC: true }));
  await w.sees('the entrance, in its own letters', () => document.querySelector('[data-test=sample]') !== null
    && [...document.fonts].filter((f) => f.status === 'loaded').length >= 3);
  for (const [width, height] of [[420, 900], [768, 1024], [1440, 900]]) {
    await w.resize(width, height);
    await fits(w, `the entrance at ${width}`);
  }
  await w.click('sample');
  await w.sees('the theatre', () => document.documentElement.dataset.phase === 'theatre' && document.querySelector('video')?.readyState >= 2);
  // The room knows that the film can be played, whatever readyState says: it does not wait for it.
  await w.sees('the host\'s film is ready', () => document.querySelector('[data-test=sync-chip]')?.dataset.state !== 'none');
  await w.click('play');
  await w.sees('the film runs', () => document.querySelector('video').currentTime > 1.5);
  assert.equal(await w.evaluate(() => document.querySelector('[data-test=waiting]')), null, 'nobody waits for a film that is here');
  await w.click('play');
  await w.sees('it stands', () => document.querySelector('video').paused);
  await w.evaluate(() => { document.body.dispatchEvent(new KeyboardEvent('keydown', { key: '5', bubbles: true })); });
  await w.sees('the middle of the film', () => Math.abs(document.querySelector('video').currentTime - 300) < 1 && !document.querySelector('video').seeking);

  await w.type('chat-input', 'bonjour 👋');
  await w.click('chat-send');
  await w.sees('the line', () => [...document.querySelectorAll('[data-test=chat-line]')].some((el) => el.innerText.includes('bonjour')));
  await w.click('emoji');
  await inside(w, 'the picker', '.picker');
  await w.click('emoji');
  await w.click('captions-menu');
  await inside(w, 'the captions\' menu', '.menu:popover-open');
  await w.click('captions-menu');
  await w.click('invite');
  await inside(w, 'the invitation', 'dialog[open]');
  await w.sees('that nobody else can open this address', () => /this machine only/.test(document.querySelector('[data-test=scan]')?.textContent) && !document.querySelector('.qr').checkVisibility());
  await w.evaluate(() => { document.querySelector('dialog[open]').close(); });
  for (const [width, height] of [[420, 900], [900, 460], [768, 1024]]) {
    await w.resize(width, height);
    await fits(w, `the theatre at ${width}`);
  }
});
