// Who is told what by the page: nobody the invitation, and a film's site nothing before somebody sits down to watch.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { shortFilm } from './films.mjs';
import { scene } from './scene.mjs';

const site = 'https://films.example', other = 'https://cdn.example';

/** Stands for the films' sites, and remembers who asked them. */
async function isTheSite(v, film) {
  const asked = [];
  await v.page.setRequestInterception(true);
  v.page.on('request', (r) => {
    const { origin } = new URL(r.url());
    if (origin !== site && origin !== other) { r.continue(); return; }
    asked.push(origin);
    const [, from, to] = /bytes=(\d+)-(\d*)/.exec(r.headers().range ?? 'bytes=0-') ?? [];
    const first = Number(from), last = to ? Math.min(Number(to), film.length - 1) : film.length - 1;
    r.respond({
      status: 206, contentType: 'video/mp4', body: film.subarray(first, last + 1),
      headers: { 'Accept-Ranges': 'bytes', 'Content-Range': `bytes ${first}-${last}/${film.length}` },
    });
  });
  return asked;
}

/** All that a page sends to servers: addresses, headers, bodies, and frames of WebSockets. */
async function listen(v) {
  const sent = [];
  const cdp = await v.page.createCDPSession();
  cdp.on('Network.requestWillBeSent', ({ request: r }) => sent.push(r.url, JSON.stringify(r.headers), r.postData ?? ''));
  cdp.on('Network.requestWillBeSentExtraInfo', ({ headers }) => sent.push(JSON.stringify(headers)));
  cdp.on('Network.webSocketCreated', ({ url }) => sent.push(url));
  cdp.on('Network.webSocketFrameSent', ({ response: f }) => sent.push(Buffer.from(f.payloadData, f.opcode === 1 ? 'utf8' : 'base64')));
  await cdp.send('Network.enable');
  return { holds: (what) => sent.filter((b) => b.includes(what)).length };
}

scene('the invitation goes to no server, and the film\'s site is asked for nothing before the guest sits down', async (s) => {
  const server = await s.server();
  const film = readFileSync(shortFilm());
  const host = await s.visitor('about:blank', { name: 'Ana' });
  await isTheSite(host, film);
  await host.goto(server.url);
  const link = await host.openParty({ url: `${site}/bunny.mp4` });

  const fragment = new URL(link).hash.slice(1);
  const bytes = Buffer.from(fragment, 'base64url');
  const room = bytes.subarray(1, 17), secret = bytes.subarray(17);
  const guest = await s.visitor('about:blank', { name: 'Luc' });
  const asked = await isTheSite(guest, film);
  const told = await listen(guest);
  await guest.goto(link);
  await guest.reaches('lobby');
  await guest.page.waitForNetworkIdle();
  assert.equal(await guest.page.evaluate(() => location.href), `${server.url}/`, 'the address bar shows no invitation');
  assert.match(await guest.page.evaluate(() => document.body.innerText), /films\.example/, 'the guest reads where the film is');
  assert.deepEqual(asked, [], 'before the guest sits down the film\'s site hears nothing');
  await guest.takeSeat();
  await host.click('play');
  await guest.watches();
  assert.ok(asked.length > 0, 'after it, it does');
  assert.ok(told.holds(room) > 0, 'the server is asked for the room: what it is told is heard here');
  for (const [what, form] of Object.entries({
    'the invitation': fragment, 'its end': fragment.slice(23), 'the secret': secret,
    'the secret in hexadecimal': secret.toString('hex'), 'the secret in base64': secret.toString('base64').slice(0, 20),
  })) assert.equal(told.holds(form), 0, `${what} was sent to a server`);

  // The host puts on a film of another site: whoever sat down agreed to the first one only.
  await host.click('change-film');
  await host.fill('source-url', `${other}/bunny.mp4`);
  await host.click('open-room');
  await asksFor(guest, 'cdn.example');
  await host.click('play');
  await host.watches();
  assert.ok(!asked.includes(other), 'before the guest agrees to it the other site hears nothing');
  await guest.click('site-yes');
  await guest.watches();
  assert.ok(asked.includes(other));
});

scene('whoever comes in without having seen the film is asked before its site is', async (s) => {
  const server = await s.server();
  const film = readFileSync(shortFilm());
  const ana = s.native('host', '-server', server.url, '-name', 'Ana', `${site}/bunny.mp4`);
  const [link] = await ana.prints(/http:\S+#[\w-]{44}/);
  ana.type('/approve on');
  await ana.prints(/newcomers knock/);
  const guest = await s.visitor('about:blank', { name: 'Luc' });
  const asked = await isTheSite(guest, film);
  await guest.goto(link);
  await guest.reaches('lobby');
  await guest.fill('name', 'Luc');
  await guest.click('take-seat');
  await ana.prints(/Luc knocks/);
  ana.type('/admit');
  await guest.reaches('theatre');
  await asksFor(guest, 'films.example');
  await guest.page.waitForNetworkIdle();
  assert.deepEqual(asked, []);
  await guest.click('site-yes');
  ana.type('/play');
  await guest.watches();
});

async function asksFor(v, host) {
  await v.find('site');
  assert.match(await v.text('site'), new RegExp(host.replaceAll('.', '\\.')), 'the guest reads which site it is');
}
