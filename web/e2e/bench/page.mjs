// What the page costs those who open it: run by `make bench-page` on a machine with nothing else to do. Times are of
// this machine, so they stand in docs/page.md and in no test.
import { longFilm } from '../films.mjs';
import { startServer } from '../processes.mjs';
import { median, Visitor } from '../visitor.mjs';

const runs = 3;
const profiles = {
  laptop: { width: 1440, height: 900 },
  // A phone of the middle of the road, as Lighthouse takes it: four times slower, 4G as it often is.
  phone: { width: 390, height: 844, slower: 4, net: { offline: false, latency: 150, downloadThroughput: 1.6e6 / 8 * 5, uploadThroughput: 750e3 / 8 } },
};

async function open(url, { width, height, slower, net }) {
  const v = await Visitor.open('about:blank', { name: 'Zoé' });
  await v.page.setViewport({ width, height });
  const cdp = await v.page.createCDPSession();
  if (slower) await cdp.send('Emulation.setCPUThrottlingRate', { rate: slower });
  if (net) {
    await cdp.send('Network.enable');
    await cdp.send('Network.emulateNetworkConditions', net);
  }
  await v.page.evaluateOnNewDocument(() => {
    const seen = window.seen = { tasks: [], shift: 0, largest: 0, peer: 0, seat: 0, running: 0 };
    const watch = (type, f) => new PerformanceObserver((l) => l.getEntries().forEach(f)).observe({ type, buffered: true });
    watch('longtask', (e) => seen.tasks.push([e.startTime, e.duration]));
    watch('layout-shift', (e) => { if (!e.hadRecentInput) seen.shift += e.value; });
    watch('largest-contentful-paint', (e) => { seen.largest = e.startTime; });
    let peer;
    Object.defineProperty(globalThis, 'toile', { get: () => peer, set(f) { peer = f; seen.peer = performance.now(); } });
    addEventListener('click', (e) => { if (e.target.closest?.('[data-test=take-seat]')) seen.seat = performance.now(); }, true);
    setInterval(() => {
      const v = document.querySelector('video');
      if (seen.seat && !seen.running && v && !v.paused && v.readyState > 2 && v.currentTime > 1) seen.running = performance.now();
    }, 10);
  });
  await v.goto(url);
  return v;
}

async function measure(server, link, profile) {
  const landing = await open(server.url, profile);
  await landing.find('sample');
  await landing.page.waitForFunction(() => performance.getEntriesByType('resource').some((e) => /\.wasm/.test(e.name)));
  await landing.page.waitForNetworkIdle();
  const first = await landing.page.evaluate(() => ({
    ...window.seen, painted: performance.getEntriesByName('first-contentful-paint')[0].startTime,
    bytes: performance.getEntriesByType('resource').concat(performance.getEntriesByType('navigation')).reduce((n, e) => n + e.transferSize, 0),
  }));
  await landing.close();

  const guest = await open(link, profile);
  await guest.find('take-seat');
  await guest.page.waitForFunction(() => document.querySelector('.still .chip'));
  const door = await guest.page.evaluate(() => performance.now());
  await guest.takeSeat();
  await guest.watches();
  const inside = await guest.page.evaluate(() => window.seen);
  await guest.close();
  const longest = (tasks, from) => Math.max(0, ...tasks.filter(([at]) => at >= from).map(([, ms]) => ms));
  return {
    'first picture (ms)': first.painted, 'largest picture (ms)': first.largest, 'layout shift, landing': first.shift, 'layout shift, link to film': inside.shift,
    'first visit (KiB)': first.bytes / 1024, 'longest task, landing (ms)': longest(first.tasks, 0),
    'from the link to a door that knows the film (ms)': door, 'from "Take a seat" to a running film (ms)': inside.running - inside.seat,
    'longest task once the peer runs (ms)': longest(inside.tasks, inside.peer),
    'tasks over 200 ms once the peer runs': inside.tasks.filter(([at, ms]) => at >= inside.peer && ms > 200).length,
  };
}

const server = await startServer(longFilm());
const host = await Visitor.open(server.url, { name: 'Ana' });
try {
  const link = await host.openParty();
  await host.click('play');
  await host.watches();
  const table = {};
  for (const [name, profile] of Object.entries(profiles)) {
    const all = [];
    for (let i = 0; i < runs; i++) all.push(await measure(server, link, profile));
    for (const what of Object.keys(all[0])) {
      const got = all.map((r) => r[what]);
      const text = (x) => Number(x.toFixed(/shift/.test(what) ? 4 : 0));
      (table[what] ??= {})[name] = `${text(median(got))} (at most ${text(Math.max(...got))})`;
    }
  }
  console.log(`| median of ${runs} | ${Object.keys(profiles).join(' | ')} |\n|---|${'---|'.repeat(Object.keys(profiles).length)}`);
  for (const [what, row] of Object.entries(table)) console.log(`| ${what} | ${Object.values(row).join(' | ')} |`);
} finally {
  await host.close();
  await server.kill('SIGKILL');
}
