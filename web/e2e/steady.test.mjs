// Nothing on the page jumps while it loads, nothing holds it up once the peer runs, and the first screen asks for little. By
// what the browser itself records.
import assert from 'node:assert/strict';
import { scene } from './scene.mjs';
import { until } from './until.mjs';

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

/** Records the tasks of the page, and the moment at which the peer's code runs. */
async function watchTasks(v) {
  await v.page.evaluateOnNewDocument(() => {
    let peer;
    Object.defineProperty(globalThis, 'toile', { get: () => peer, set(f) { peer = f; performance.mark('peer runs'); } });
  });
  await v.page.tracing.start({ categories: ['toplevel', 'blink.user_timing'] });
}
/** The longest tasks of the page's main thread since the peer's code ran: how much of the processor each took, in ms. */
async function longest(v) {
  const { traceEvents } = JSON.parse(new TextDecoder().decode(await v.page.tracing.stop()));
  const mark = traceEvents.find((e) => e.name === 'peer runs');
  assert.ok(mark, 'it was seen when the peer began to run');
  const tasks = traceEvents.filter((e) => e.name === 'ThreadControllerImpl::RunTask' && e.pid === mark.pid && e.tid === mark.tid && e.ts >= mark.ts);
  const took = tasks.map((e) => Math.round((e.tdur ?? 0) / 1000)).sort((a, b) => b - a); // a task of no time has none
  assert.ok(took.length > 100 && took[0] > 0, 'the tasks are recorded');
  return took.slice(0, 5);
}

// By Chromium's trace and not by the page's own entries of long tasks: those are in wall time, in which a machine that does
// other work makes any task long. make bench-page has these too.
scene('nothing holds the page up for 200 ms once the peer runs', async (s) => {
  const server = await s.server();
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
  const tasks = await Promise.all([host, guest].map(longest));
  assert.ok(Math.max(...tasks.flat()) <= 200, `the longest tasks of host and guest, in ms: ${JSON.stringify(tasks)}`);
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
  // The network also rests while a busy machine has yet to paint.
  const screen = await until('the peer has been asked for', () => v.page.evaluate(() => {
    const at = (name) => performance.getEntriesByType('resource').find((e) => name.test(e.name))?.startTime ?? NaN;
    return at(/\.wasm/) > 0 && { wasm: at(/\.wasm/), script: at(/main-.*\.js/), painted: performance.getEntriesByName('first-contentful-paint')[0]?.startTime ?? NaN };
  }));
  assert.ok(screen.wasm > screen.script, 'the peer is fetched after the page');
  assert.ok(screen.wasm >= screen.painted, `the first picture does not wait for the peer: ${JSON.stringify(screen)}`);
});
