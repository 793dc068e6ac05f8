// Every misfortune has its own sentence, in English and in French, and never a blank page.
import assert from 'node:assert/strict';
import { scene } from './scene.mjs';
import { root } from './films.mjs';
import { until } from './until.mjs';

const nothingThere = [/404/, /ERR_CONNECTION_REFUSED/, /WebSocket connection to/];

/** A sentence says something and ends; pattern is what it must be about. */
async function sentence(visitor, pattern) {
  const got = await visitor.told(pattern);
  assert.ok(got.length > 20, `"${got}" is no sentence`);
  assert.ok(!/\b(undefined|null|NaN|\[object)\b/.test(got), `"${got}" is not for people`);
  return got;
}

/** One misfortune in both languages: two different sentences, each about what it should be about. */
async function inBoth(s, options, patterns, play) {
  const said = {};
  for (const lang of ['en', 'fr']) {
    const visitor = await s.visitor('about:blank', { lang, expects: nothingThere, ...options });
    await play(visitor);
    said[lang] = await sentence(visitor, patterns[lang]);
    await s.leave(visitor);
  }
  assert.notEqual(said.en, said.fr);
}

scene('a link that is damaged, unknown or of a party that is over', async (s) => {
  const server = await s.server();
  const { host, link } = await s.host(server);
  const about = { en: /link|invitation|party/i, fr: /lien|invitation|séance/i };
  await inBoth(s, {}, about, (v) => v.goto(link.slice(0, -6)));
  await inBoth(s, {}, about, (v) => v.goto(changed(link, 10)));
  await inBoth(s, {}, about, (v) => v.goto(changed(link, 40)));
  await host.click('leave');
  await host.click('leave-yes');
  await inBoth(s, {}, about, (v) => v.goto(link));
});

scene('a link with any one character changed gives a sentence', async (s) => {
  const server = await s.server();
  const { link } = await s.host(server);
  const guest = await s.visitor('about:blank', { name: 'Luc' });
  for (let i = 0; i < 44; i++) {
    await guest.goto(changed(link, i));
    await sentence(guest, /link|invitation|party/i);
  }
  await guest.goto(link);
  await guest.reaches('lobby');
});

scene('the server is away when a party is to be opened', async (s) => {
  await inBoth(s, {}, { en: /server|connection|network/i, fr: /serveur|connexion|réseau/i }, async (v) => {
    const server = await s.server();
    await v.goto(server.url);
    await v.find('sample');
    await server.kill('SIGKILL');
    await v.begin();
  });
});

for (const missing of ['RTCPeerConnection', 'WebAssembly', 'WebSocket']) {
  scene(`a browser without ${missing}`, async (s) => {
    const server = await s.server();
    await inBoth(s, { without: missing }, { en: /browser/i, fr: /navigateur/i }, async (v) => {
      await v.goto(server.url);
      await until('something is told', async () => {
        if (await v.shows('sample')) await v.begin(); // it lets people in, so it must tell them inside
        return v.notices();
      }, { describe: () => v.describe() });
    });
  });
}

scene('a film that is not there, or is no film', async (s) => {
  const server = await s.server();
  const about = { en: /film|video/i, fr: /film|vidéo/i };
  await inBoth(s, {}, about, async (v) => {
    await v.goto(server.url);
    await v.begin({ url: `${server.url}/nothing-here.mp4` });
  });
  await inBoth(s, {}, about, async (v) => {
    await v.goto(server.url);
    await v.begin({ url: `${server.url}/` });
  });
  await inBoth(s, {}, about, async (v) => {
    await v.goto(server.url);
    await v.begin({ file: `${root}/LICENSE` });
  });
});

scene('the language is the browser\'s, can be switched, and is remembered', async (s) => {
  const server = await s.server();
  const v = await s.visitor(server.url, { lang: 'fr' });
  const speaks = (lang) => until(`the page speaks ${lang}`, () => v.page.evaluate((l) => document.documentElement.lang === l, lang),
    { describe: () => v.describe() });
  await speaks('fr');
  const french = await v.page.evaluate(() => document.body.innerText);
  await v.click('lang-en');
  await speaks('en');
  assert.notEqual(await v.page.evaluate(() => document.body.innerText), french);
  await v.goto(server.url);
  await speaks('en');
});

scene('the landing paints before the peer has come', async (s) => {
  const server = await s.server();
  const v = await s.visitor('about:blank', { expects: [/toile-.*wasm|ERR_BLOCKED|Failed to load/] });
  const cdp = await v.page.createCDPSession();
  await cdp.send('Network.enable');
  await cdp.send('Network.setBlockedURLs', { urls: ['*.wasm'] });
  await v.goto(server.url);
  await v.find('sample');
});

/** The link with its i-th character after the # replaced by its neighbour in the alphabet. */
function changed(link, i) {
  const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';
  const at = link.indexOf('#') + 1 + i;
  const next = alphabet[(alphabet.indexOf(link[at]) + 1) % 64];
  return link.slice(0, at) + next + link.slice(at + 1);
}
