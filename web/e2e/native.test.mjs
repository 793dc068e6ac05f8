// A native host, without a browser, with guests in Chromium; and a native guest in a party in Chromium.
import assert from 'node:assert/strict';
import { scene } from './scene.mjs';
import { until } from './until.mjs';

const link = /http:\S+#[\w-]{44}/;

scene('a native host drives a film in a browser', async (s) => {
  const server = await s.server();
  const host = s.native('host', '-server', server.url, '-name', 'Ana', await sampleURL(s, server));
  const guest = await s.guest((await host.prints(link))[0]);
  host.type('/play');
  await guest.watches();
  host.type('/pause');
  await guest.sees('the film stands', (v) => v.paused);
  host.type('/seek 2:00');
  await guest.sees('it stands at 2:00', (v) => v.paused && !v.seeking && Math.abs(v.time - 120) < 0.05);
  host.type('/play');
  host.type('/speed 1.25');
  await guest.sees('it runs at 1.25', (v) => !v.paused && Math.abs(v.rate - 1.25) < 0.1);
  host.type('bonsoir from a terminal');
  await guest.reads('bonsoir from a terminal');
  await guest.say('hello terminal');
  await host.prints(/Luc.*hello terminal/);
  host.type('/quit');
  await guest.reaches('ended');
  await host.ended;
  assert.equal(host.child.exitCode, 0);
});

scene('a native host shows a file of which the guest has a copy', async (s) => {
  const server = await s.server();
  const host = s.native('host', '-server', server.url, '-name', 'Ana', s.film);
  const guest = await s.guest((await host.prints(link))[0]);
  await guest.chooseFile(s.film);
  await guest.sees('the film is ready', (v) => v.ready >= 2);
  host.type('/play');
  await guest.watches();
});

scene('a native guest sits in a party of browsers', async (s) => {
  const server = await s.server();
  const { host, link: invitation } = await s.host(server);
  const guest = s.native('join', '-name', 'Luc', invitation);
  await until('the host sees both', async () => (await host.people()).length === 2, { describe: () => guest.output });
  await host.say('who is there?');
  await guest.prints(/Ana.*who is there\?/);
  guest.type('a terminal');
  await host.reads('a terminal');
  await host.click('play');
  await guest.prints(/playing from/);
  await guest.kill('SIGTERM');
  await until('the guest is gone', async () => (await host.people()).length === 1, { describe: () => host.describe() });
});

/** Where the server serves its sample: the address that the page itself gives to its guests. */
async function sampleURL(s, server) {
  const { sample } = await (await fetch(`${server.url}/config.json`)).json();
  return new URL(sample.url, server.url).href;
}
