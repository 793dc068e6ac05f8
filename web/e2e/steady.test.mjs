// Nothing on the page jumps while it loads, nothing holds it up once the peer runs, and the first screen asks for little. By
// the browser's own entries.
import assert from 'node:assert/strict';
import { scene } from './scene.mjs';

const phone = { width: 390, height: 844 };
const laptop = { width: 1440, height: 900 };

async function watchShifts(v) {
  await v.page.evaluateOnNewDocument(() => {
    window.shifts = [];
    new PerformanceObserver((list) => {
      for (const e of list.getEntries()) {
        if (!e.hadRecentInput) window.shifts.push({ value: e.value, what: e.sources.map((x) => x.node?.className || x.node?.nodeName).join() });
      }
    }).observe({ type: 'layout-shift', buffered: true });
  });
}
async function steady(v, where) {
  const shifts = await v.page.evaluate(() => window.shifts);
  const sum = shifts.reduce((a, s) => a + s.value, 0);
  // 0.1 is called good (https://web.dev/articles/cls); a letter that changes its face weighs some thousandths.
  assert.ok(sum < 0.02, `${where} jumps by ${sum}: ${JSON.stringify(shifts)}`);
}

for (const [name, size] of Object.entries({ phone, laptop })) {
  scene(`nothing jumps, from the link to the film (${name})`, async (s) => {
    const server = await s.server();
    const host = await s.visitor('about:blank');
    await host.page.setViewport(size);
    await watchShifts(host);
    await host.goto(server.url);
    await host.find('sample');
    await host.page.evaluate(() => document.fonts.ready);
    await host.page.waitForNetworkIdle();
    await steady(host, 'the landing');
    const link = await host.openParty();
    await host.click('play');
    await host.watches();
    await steady(host, 'the host\'s theatre');

    const guest = await s.visitor('about:blank', { name: 'Luc' });
    await guest.page.setViewport(size);
    await watchShifts(guest);
    await guest.goto(link);
    await guest.reaches('lobby');
    await guest.page.waitForNetworkIdle();
    await steady(guest, 'the lobby');
    await guest.takeSeat();
    await guest.watches();
    await steady(guest, 'the guest\'s theatre');
  });
}

/** The tasks that lasted longer than 50 ms since the peer's code ran: [what began when, and how long it took], in ms. */
async function watchTasks(v) {
  await v.page.evaluateOnNewDocument(() => {
    let peer;
    window.held = { since: Infinity, tasks: [] };
    Object.defineProperty(globalThis, 'toile', { get: () => peer, set(f) { peer = f; window.held.since = performance.now(); } });
    new PerformanceObserver((list) => {
      for (const e of list.getEntries()) if (e.startTime >= window.held.since) window.held.tasks.push([Math.round(e.startTime), Math.round(e.duration)]);
    }).observe({ type: 'longtask', buffered: true });
  });
}

// Chromium alone tells of long tasks (https://www.w3.org/TR/longtasks-1/). They are measured in wall time, and a machine
// that does other work makes any task long: what the page itself does is long in each of three evenings.
scene('nothing holds the page up for 200 ms once the peer runs', async (s) => {
  const server = await s.server();
  const evenings = [];
  const longest = (tasks) => Math.max(0, ...tasks.map(([, ms]) => ms));
  do {
    const host = await s.visitor('about:blank', { name: 'Ana' });
    await watchTasks(host);
    await host.goto(server.url);
    const link = await host.openParty();
    await host.click('play');
    await host.watches();
    const guest = await s.visitor('about:blank', { name: 'Luc' });
    await watchTasks(guest);
    await guest.goto(link);
    await guest.takeSeat();
    await guest.watches();
    await guest.say('hello');
    await host.reads('hello');
    await host.click('people');
    await host.page.keyboard.press('?');
    await host.page.waitForSelector('dialog[open]');
    await host.page.keyboard.press('Escape');
    const held = await Promise.all([host, guest].map((v) => v.page.evaluate(() => window.held)));
    for (const { since } of held) assert.ok(since > 0 && since < Infinity, 'it was seen when the peer began to run');
    evenings.push(held.map(({ tasks }) => tasks));
    await s.leave(guest);
    await s.leave(host);
  } while (longest(evenings.at(-1).flat()) > 200 && evenings.length < 3);
  assert.ok(longest(evenings.at(-1).flat()) <= 200, `tasks of host and guest, as [begin, duration] in ms: ${JSON.stringify(evenings)}`);
});

scene('the first screen asks for nothing of elsewhere, and for nothing of the film', async (s) => {
  const server = await s.server();
  const v = await s.visitor('about:blank');
  const asked = [];
  v.page.on('request', (r) => { if (/^(https?|wss?):/.test(r.url())) asked.push(r.url()); });
  await v.goto(server.url);
  await v.find('sample');
  await v.page.waitForNetworkIdle();
  assert.ok(asked.length > 5, 'requests are seen');
  assert.deepEqual(asked.filter((u) => !u.startsWith(server.url)), [], 'everything is the server\'s own');
  assert.deepEqual(asked.filter((u) => /sample|\/ws|\.map$/.test(u)), []);
  const screen = await v.page.evaluate(() => {
    const at = (name) => performance.getEntriesByType('resource').find((e) => name.test(e.name))?.startTime ?? NaN;
    return { wasm: at(/\.wasm/), script: at(/main-.*\.js/), painted: performance.getEntriesByName('first-contentful-paint')[0]?.startTime ?? NaN };
  });
  assert.ok(screen.wasm > screen.script, 'the peer is fetched after the page');
  assert.ok(screen.wasm >= screen.painted, `the first picture does not wait for the peer: ${JSON.stringify(screen)}`);
});
