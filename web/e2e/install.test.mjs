// The page can be installed, and without a network it says what it needs; its worker keeps nothing else.
import assert from 'node:assert/strict';
import { scene } from './scene.mjs';
import { until } from './until.mjs';

const away = [/ERR_CONNECTION_REFUSED/, /WebSocket connection to/];

scene('the browser finds nothing that forbids to install the page', async (s) => {
  const server = await s.server();
  const v = await s.visitor(server.url);
  await v.find('sample');
  const cdp = await v.page.createCDPSession();
  await cdp.send('Page.enable');
  const manifest = await cdp.send('Page.getAppManifest');
  assert.deepEqual(manifest.errors, []);
  assert.equal(JSON.parse(manifest.data).name, 'Toile');
  const { installabilityErrors } = await cdp.send('Page.getInstallabilityErrors');
  assert.deepEqual(installabilityErrors, []);
});

for (const lang of ['en', 'fr']) {
  scene(`without the server the page says what it needs, and comes back by itself (${lang})`, async (s) => {
    const server = await s.server();
    const v = await s.visitor(server.url, { lang, expects: away });
    await until('the worker is at work', () => v.page.evaluate(() => navigator.serviceWorker.ready.then((r) => r.active?.state === 'activated')));
    await server.kill('SIGKILL');
    await v.goto(`${server.url}/#${'A'.repeat(44)}`);
    const told = await until('the page says what it needs', async () => await v.shows('offline') && v.text('offline'), { describe: () => v.describe() });
    assert.match(told, lang === 'en' ? /network/ : /réseau/);
    assert.doesNotMatch(told, lang === 'en' ? /réseau/ : /network/);
    assert.match(await v.page.evaluate(() => location.hash), /^#A{44}$/, 'an invitation stays in the address for the next try');
    await s.server(server.port);
    await v.told(lang === 'en' ? /invitation|party|link/ : /invitation|séance|lien/); // the page is back, and has tried that invitation
  });
}

scene('the worker keeps three files: no page, no film and no invitation', async (s) => {
  const server = await s.server();
  const { host, link } = await s.host(server);
  await host.page.evaluate(() => navigator.serviceWorker.ready);
  const guest = await s.guest(link);
  await host.click('play');
  await Promise.all([host.watches(), guest.watches()]);
  await guest.goto(link); // now through the worker
  await guest.takeSeat();
  await guest.watches();
  assert.ok(await guest.page.evaluate(() => navigator.serviceWorker.controller !== null), 'the page came through the worker');
  for (const v of [host, guest]) {
    const stored = await v.page.evaluate(async () => {
      const addresses = [];
      for (const name of await caches.keys()) for (const r of await (await caches.open(name)).keys()) addresses.push(r.url);
      return addresses;
    });
    assert.deepEqual(stored.sort(), ['css', 'html', 'js'].map((end) => `${server.url}/offline.${end}`));
  }
});
