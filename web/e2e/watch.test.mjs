// Two and three people in Chromium watch a real film with sound and picture.
import assert from 'node:assert/strict';
import { scene } from './scene.mjs';
import { shortFilm } from './films.mjs';
import { median, skew } from './visitor.mjs';
import { until } from './until.mjs';

/** Both come to show the film at one place, to within 50 ms, by the median of the last three looks: three browsers on
 * two cores starve one another for a moment now and then, and no clock helps a film that gets no processor. */
async function together(a, b, rate = 1) {
  const looks = [];
  await until(`${a.name} and ${b.name} are within 50 ms`, async () => {
    looks.push(await skew(a, b, rate));
    return looks.length >= 3 && Math.abs(median(looks.slice(-3))) < 50;
  }, { within: 90_000, describe: async () => `skews ${looks} ms\n${await a.describe()}\n${await b.describe()}` });
}

/** Both stand still on one frame. */
async function standTogether(a, b) {
  const va = await a.sees('the film stands', (v) => v.paused && !v.seeking);
  await b.sees('the film stands on the same frame', (v) => v.paused && !v.seeking && Math.abs(v.time - va.time) < 0.05);
  return va.time;
}

scene('a host and a guest watch, drive and talk', async (s) => {
  const server = await s.server();
  const { host, link } = await s.host(server);
  const guest = await s.guest(link);
  await until('each sees both', async () => (await host.people()).length === 2 && (await guest.people()).length === 2,
    { describe: () => guest.describe() });
  await host.reads('Luc');

  await host.click('play');
  await Promise.all([host.watches(), guest.watches()]);
  await together(host, guest);

  await host.click('play');
  await standTogether(host, guest);

  await host.seek(0.5);
  await host.sees('the middle of the film', (v) => Math.abs(v.time - v.duration / 2) < v.duration * 0.05);
  await standTogether(host, guest);

  await host.click('play');
  await host.choose('speed', '1.5');
  await Promise.all([host, guest].map((v) => v.sees('speed 1.5', (w) => !w.paused && Math.abs(w.rate - 1.5) < 0.1)));
  await together(host, guest, 1.5);

  await host.say('Bonsoir !');
  await guest.say('Salut Ana, <b>😀</b>');
  for (const v of [host, guest]) {
    await v.reads('Bonsoir !');
    await v.reads('Salut Ana, <b>😀</b>');
  }
});

scene('who comes late lands at the right place and disturbs nobody', async (s) => {
  const server = await s.server();
  const { host, link } = await s.host(server);
  const guest = await s.guest(link);
  await host.click('play');
  await Promise.all([host.watches(), guest.watches()]);
  await together(host, guest);
  await Promise.all([host, guest].map((v) => v.countsDisturbances()));

  const late = await s.guest(link, { name: 'Zoé' });
  await late.watches();
  await together(host, late);
  await Promise.all([host, guest].map((v) => v.reads('Zoé')));
  for (const v of [host, guest]) assert.deepEqual(await v.disturbances(), [], `${v.name} while Zoé came`);

  await s.leave(late);
  await until('Zoé is gone', async () => (await host.people()).length === 2 && (await guest.people()).length === 2,
    { describe: () => host.describe() });
});

scene('a guest in Firefox watches along', async (s) => {
  const server = await s.server();
  const { host, link } = await s.host(server);
  const guest = await s.guest(link, { browser: 'firefox' });
  await host.click('play');
  await Promise.all([host.watches(), guest.watches()]);
  await together(host, guest);
  await guest.say('from another browser');
  await host.reads('from another browser');
});

scene('each plays their own copy of a file', async (s) => {
  const server = await s.server();
  const { host, link } = await s.host(server, { file: shortFilm() });
  const guest = await s.visitor(link, { name: 'Luc' });
  await guest.takeSeat();
  await guest.chooseFile(shortFilm());
  await guest.sees('the film is ready', (v) => v.ready >= 2);
  await host.click('play');
  await Promise.all([host.watches(), guest.watches()]);
  await together(host, guest);
});
