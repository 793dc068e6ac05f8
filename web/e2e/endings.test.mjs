// What people see when a part of it goes away.
import assert from 'node:assert/strict';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { scene } from './scene.mjs';
import { until, throughout } from './until.mjs';

async function watching(s, options) {
  const server = await s.server();
  const { host, link } = await s.host(server, options);
  const guest = await s.guest(link, options);
  await host.click('play');
  await Promise.all([host.watches(), guest.watches()]);
  return { server, host, guest, link };
}

scene('the host closes: the guest is told in words', async (s) => {
  const { host, guest, link } = await watching(s);
  await host.click('leave');
  await host.click('leave-yes');
  await guest.reaches('ended');
  await guest.told(/host.*(closed|ended|over)|party.*over/i);

  const after = await s.visitor(link, { name: 'Zoé' });
  await after.find('host-away');
  await after.click('give-up');
  await after.reaches('landing');
});

scene('who comes before the host waits for it, and is let in', async (s) => {
  const server = await s.server();
  const room = path.join(mkdtempSync(path.join(tmpdir(), 'toile-')), 'room');
  const { sample } = await (await fetch(`${server.url}/config.json`)).json();
  const open = () => s.native('host', '-server', server.url, '-name', 'Ana', '-room', room, new URL(sample.url, server.url).href);
  const first = open();
  const [link] = await first.prints(/http:\S+#[\w-]{44}/);
  await first.kill();
  const guest = await s.visitor(link, { name: 'Luc' });
  await guest.find('host-away');
  assert.match(await guest.text('host-away'), /let in/);
  await guest.fill('name', 'Luc');
  await guest.click('take-seat'); // the seat is theirs as soon as there is one
  await throughout(4000, 'the guest waits', async () => await guest.phase() === 'connecting' && await guest.shows('host-away'));
  open();
  await guest.reaches('theatre');
  await until('both are there', async () => (await guest.people()).length === 2, { describe: () => guest.describe() });
});

scene('the host reloads: the same link, the same film, and the guest is back in sync', async (s) => {
  const { server, host, guest, link } = await watching(s);
  const before = (await guest.video()).time;
  host.page.on('dialog', (d) => d.accept()); // whether to leave, with guests inside
  await host.page.reload();
  await host.reaches('theatre');
  assert.equal(await host.invitation(), link);
  await guest.reaches('theatre');
  await until('both are there', async () => (await host.people()).length === 2, { describe: () => guest.describe() });
  const after = await guest.sees('the film runs on', (v) => !v.paused && v.time > before + 2);
  assert.ok(after.time < before + 60, `the film is at ${after.time}, and was at ${before}`);
  await guest.say('still here');
  await host.reads('still here');
  // Who types the bare address again may want something else, and is asked.
  for (const [v, there] of [[host, 'theatre'], [guest, 'lobby']]) {
    await v.goto('about:blank');
    await v.goto(server.url);
    await v.reaches('landing');
    await v.click('way-back');
    await v.reaches(there);
  }
  await guest.takeSeat();
  assert.equal(await host.invitation(), link);
  await guest.sees('the film runs on again', (v) => !v.paused);
  // Closed is closed: a reload then finds the entrance.
  await host.click('leave');
  await host.click('leave-yes');
  await guest.reaches('ended');
  await host.page.reload();
  await host.reaches('landing');
});

scene('the server is killed: nothing changes for those inside', async (s) => {
  const { server, host, guest, link } = await watching(s, { expects: [/WebSocket connection to/, /ERR_CONNECTION_REFUSED/] });
  await Promise.all([host, guest].map((v) => v.countsDisturbances()));
  await server.kill('SIGKILL');
  await throughout(3000, 'the film runs and the guest is told nothing', async () => {
    const v = await guest.video();
    return !v.paused && await guest.phase() === 'theatre' && await guest.notices() === '';
  });
  assert.deepEqual(await guest.disturbances(), []);
  assert.deepEqual(await host.disturbances(), []);
  await host.say('still here?');
  await guest.reads('still here?');
  await guest.say('still here');
  await host.reads('still here');
  await host.click('play');
  await Promise.all([host, guest].map((v) => v.sees('the film stands', (w) => w.paused)));
  await host.click('play');
  await Promise.all([host.watches(), guest.watches()]);

  // Another server at the same address, which remembers nothing: the same link opens the same party.
  await s.server(server.port);
  await until('the host has its room again and a friend can come', async () => {
    const late = await s.visitor(link, { name: 'Zoé', expects: [/./] });
    try {
      await late.reaches('lobby', 'ended', 'broken');
      if (await late.phase() !== 'lobby') return false;
      await late.takeSeat();
      await late.watches();
      return true;
    } finally {
      await s.leave(late);
    }
  }, { within: 90_000 });
});

scene('the connection breaks: the guest is told, the film goes on, one tap comes back', async (s) => {
  const { host, guest } = await watching(s);
  await guest.reads('Ana');
  await host.signalRenderers('SIGSTOP');
  const began = performance.now();
  try {
    await guest.reaches('broken');
    const took = performance.now() - began;
    await guest.told(/connection/i);
    assert.ok(took < 8000, `told after ${Math.round(took)} ms, want 6 s (and 2 s for a busy machine)`);
    await guest.watches();
    // While the host cannot answer: it looks for the host by itself too, and once it was found there is no button.
    await guest.click('banner-action');
    await until('the tap is answered', () => guest.page.$eval(guest.at('banner-action'), (el) => el.disabled), { describe: () => guest.describe() });
  } finally {
    await host.signalRenderers('SIGCONT');
  }
  await guest.reaches('theatre');
  await guest.watches();
  await guest.say('back again');
  await host.reads('back again');
  await until('nobody is there twice', async () => (await host.people()).length === 2, { describe: () => host.describe() });
});
