// Somebody looks at another tab, and goes on listening.
import assert from 'node:assert/strict';
import { setTimeout as wait } from 'node:timers/promises';
import { scene } from './scene.mjs';
import { until } from './until.mjs';

const near = 0.05; // s: what the machine's own noise leaves to be told

/** How far b's film is from a's (s), without pictures to go by: the middle of some readings, for each is late at times. */
async function apart(a, b) {
  const place = ({ at, time }, rate = 1) => time - rate * at / 1000;
  const all = [];
  for (let i = 0; i < 9; i++) {
    const [x, y] = await Promise.all([a.video(), b.video()]);
    all.push(place(y) - place(x));
    await wait(100);
  }
  return all.sort((x, y) => x - y)[4];
}

scene('a hidden tab stays in sync, follows pause and play, and comes back as if nothing had been', async (s) => {
  const server = await s.server();
  const { host, link } = await s.host(server);
  const guest = await s.guest(link, { thrifty: true });
  await host.click('play');
  await Promise.all([host.watches(), guest.watches()]);
  // A start that a busy machine spoiled is mended first: seen, at 5 %; unseen it would take longer than this test.
  await until('they are together', async () => Math.abs(await apart(host, guest)) < near / 2, { describe: () => guest.describe() });
  const other = await guest.browser.newPage();
  await other.bringToFront();
  await until('the tab is hidden', async () => await guest.page.evaluate(() => document.visibilityState) === 'hidden');
  await until('the host sees that it is', async () => await host.page.$('[data-test=is-hidden]') !== null);
  const slow = await guest.page.evaluate(async () => {
    const began = performance.now();
    for (let i = 0; i < 3; i++) await new Promise((done) => setTimeout(done, 10));
    return performance.now() - began;
  });
  assert.ok(slow > 1000, `this browser saves on hidden tabs: three timers of 10 ms took ${slow} ms`);
  for (let i = 0; i < 4; i++) {
    await wait(1500);
    const off = await apart(host, guest);
    assert.ok(Math.abs(off) < near, `while it is hidden the sound is ${(1000 * off).toFixed(0)} ms away`);
  }
  await host.click('play');
  await guest.sees('the film stands', (v) => v.paused);
  await until('both stand on the same picture', async () => Math.abs((await guest.video()).time - (await host.video()).time) <= 0.006);
  await host.click('play');
  await guest.sees('the film runs', (v) => !v.paused);
  await until('the sound is together again', async () => Math.abs(await apart(host, guest)) < near, { describe: () => guest.describe() });
  await guest.page.bringToFront();
  await until('the host sees that it is back', async () => await host.page.$('[data-test=is-hidden]') === null);
  await guest.countsDisturbances();
  await guest.watches();
  await until('the pictures are together', async () => Math.abs(await apart(host, guest)) < near, { describe: () => guest.describe() });
  assert.deepEqual(await guest.disturbances(), [], 'coming back disturbs nothing');
});
