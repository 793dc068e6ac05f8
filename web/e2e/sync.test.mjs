// What people see of the sync, and what they can do about it.
import assert from 'node:assert/strict';
import { scene } from './scene.mjs';
import { until } from './until.mjs';
import { skew } from './visitor.mjs';

scene('the room waits for a guest whose film has no data, names them, and goes on', async (s) => {
  const server = await s.server();
  const { host, link } = await s.host(server);
  const guest = await s.guest(link);
  await host.click('play');
  await host.watches();
  await guest.sees('some of the film: a newcomer is not waited for', (v) => v.time > 3);
  const network = await guest.page.createCDPSession();
  await network.send('Network.enable');
  const slow = (bytes) => network.send('Network.emulateNetworkConditions', { offline: false, latency: 0, downloadThroughput: bytes, uploadThroughput: bytes });
  await slow(200);
  await host.seek(0.8); // where the guest has nothing yet
  await until('the host reads for whom the room waits', async () => /Waiting for .*Luc/.test(await host.text('waiting') ?? ''), { describe: () => host.describe() });
  await until('the guest reads that the others wait', async () => /wait for your film/.test(await guest.text('waiting') ?? ''), { describe: () => guest.describe() });
  assert.equal((await host.video()).paused, true, 'the host’s film stands meanwhile');
  for (const v of [host, guest]) {
    const banner = await v.page.$eval(v.at('waiting'), (el) => {
      const [box, spin] = [el.getBoundingClientRect(), el.querySelector('.spin')];
      return { width: spin.offsetWidth, height: spin.offsetHeight, part: box.height / el.closest('.player').clientHeight };
    });
    assert.equal(banner.width, banner.height, 'the ring is round');
    assert.ok(banner.part < 0.2, `the banner leaves the film to be seen: it takes ${banner.part} of it`);
  }
  await slow(-1);
  await Promise.all([host.watches(), guest.watches()]);
  await until('the banner is gone', async () => !await host.shows('waiting') && !await guest.shows('waiting'));
  await until('they are together again', async () => Math.abs(await skew(host, guest)) < 50);

  // Again, and this time nobody waits to the end.
  await slow(200);
  await host.seek(0.4);
  await host.click('go-on');
  await host.watches();
  await host.reads('waited for');
  await slow(-1);
  await guest.watches();
});

scene('a closer look at the sync, a trim for a late loudspeaker, and a fresh start', async (s) => {
  const server = await s.server();
  const { host, link } = await s.host(server);
  const guest = await s.guest(link);
  await host.click('play');
  await Promise.all([host.watches(), guest.watches()]);
  await guest.click('sync-chip');
  await until('there is a plot', async () => await guest.page.$eval(guest.at('sync-plot'), (el) => el.dataset.points) === '1');
  const slider = await guest.find('trim');
  await slider.focus();
  for (let i = 0; i < 40; i++) await guest.page.keyboard.press('ArrowRight');
  assert.equal(await guest.text('trim'), '200');
  await until('the film is 200 ms ahead', async () => Math.abs(await skew(host, guest) + 200) < 60);
  await guest.page.reload();
  await guest.takeSeat();
  await until('the shift is remembered', async () => Math.abs(await skew(host, guest) + 200) < 60, { describe: () => guest.describe() });
  await guest.click('sync-chip');
  await guest.find('trim');
  await guest.page.$eval(guest.at('trim'), (el) => { el.value = '0'; el.dispatchEvent(new Event('input', { bubbles: true })); });
  await guest.click('resync');
  await until('they are together again', async () => Math.abs(await skew(host, guest)) < 50);
});
