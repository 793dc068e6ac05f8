// make bench-sync, the part in real browsers. Writes out/bench/real.json and plots beside it. QUICK=1: two networks.
import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { root } from '../films.mjs';
import { startServer } from '../processes.mjs';
import { until } from '../until.mjs';
import { Visitor } from '../visitor.mjs';
import { evening, Host, pauses, prepare, probe } from './evening.mjs';
import { cost, onGrid, pairs, quantile, shownOnGrid, spread, spreadAt } from './figures.mjs';
import { counterFilm, fps, seconds } from './film.mjs';
import { Front } from './front.mjs';
import { describeMachine, watchMachine } from './machine.mjs';
import { cdf, course } from './plot.mjs';

const quick = Boolean(process.env.QUICK);
const out = path.join(root, 'out/bench');
mkdirSync(out, { recursive: true });
const conditions = process.env.CONDITIONS?.split(',')
  ?? (quick ? ['clean', 'rtt100'] : ['clean', 'rtt100', 'normal10', 'bursty', 'bloat', 'asymmetric', 'drift+50', 'drift-50']);
const plan = quick ? { starts: 4, settle: 5, play: 7, last: 12 } : { starts: 8, settle: 5, play: 8, last: 40 };
const guests = Number(process.env.GUESTS ?? 3);
const seed = Number(process.env.SEED ?? 1);
const figures = [];
const inPage = 'toile, host in Chromium'; // whose network nobody can impair
const withFirefox = ', one guest more in Firefox'; // after the name of a rule

const file = await counterFilm();
const server = await startServer(file);
const { sample } = await (await fetch(`${server.url}/config.json`)).json();
const front = await Front.start(server.port);
const chromiums = [];
for (let i = 0; i < guests; i++) chromiums.push(await come(`Guest ${i + 1}`));
console.log(`${describeMachine()}; ${await chromiums[0].browser.version()}; ${guests} guests, film ${fps} fps; seed ${seed}`);

for (const condition of conditions) {
  const p = await probe(condition, seed);
  console.log(`\n${p.title}: there ${told(p.forth)}, back ${told(p.back)}`);
  for (const [way, x] of [['forth', p.forth], ['back', p.back]]) {
    for (const [name, unit] of [['mean', 'ms'], ['sd', 'ms'], ['p95', 'ms'], ['loss', '']]) {
      figure(`probe ${way} ${name}`, condition, 'network', x[name], unit, x.sent);
    }
  }
  const series = {};
  const systems = process.env.SYSTEMS?.split(';') ?? (quick ? ['toile', 'jellyfin']
    : ['toile', ...(condition === 'clean' ? [inPage] : []), 'jellyfin',
      ...(['clean', 'rtt100'].includes(condition) ? ['jellyfin as it ships', `toile${withFirefox}`, `jellyfin${withFirefox}`] : [])]);
  for (const system of systems) {
    const host = await Host.start({ condition, seed, signaling: `ws://127.0.0.1:${server.port}/ws`, film: new URL(sample.url, front.url).href, file, seconds });
    front.truth = host.address;
    const visitors = [...chromiums];
    try {
      if (system.endsWith(withFirefox)) visitors.push(await come(`Guest ${guests + 1}`, 'firefox'));
      for (const v of visitors) await prepare(v);
      const machine = watchMachine();
      const gather = system === inPage ? gatherAtPage : system.startsWith('toile') ? gatherOurs : gatherRival;
      const drive = await gather(visitors, host, system);
      const night = await evening(visitors, drive, plan);
      if (process.env.DUMP) writeFileSync(path.join(out, `raw-${condition}-${system.replaceAll(' ', '-')}.json`), JSON.stringify(night));
      series[system] = report(condition, system, night, p, machine());
    } catch (error) {
      console.log(`${condition}, ${system}: no figures: ${error.message}\n${host.program.output}`);
      process.exitCode = 1;
    } finally {
      for (const v of chromiums) await v.page.goto('about:blank');
      for (const v of visitors.slice(guests)) await v.close();
      await host.end();
    }
  }
  for (const [system, s] of Object.entries(series)) {
    const ours = series[`toile${system.endsWith(withFirefox) ? withFirefox : ''}`]?.skew.p95;
    if (ours && !system.startsWith('toile')) figure('ratio of media skew p95 to ours', condition, system, s.skew.p95 / ours, '', s.skew.samples);
  }
  writeFileSync(path.join(out, `cdf-${condition}.svg`), cdf(p.title, Object.entries(series).map(([name, s]) => ({ name, values: s.all }))));
  if (series.toile) writeFileSync(path.join(out, `course-${condition}.svg`), course(p.title, series.toile.rows));
}
for (const v of chromiums) await v.close();
front.end();
await server.kill();
writeFileSync(path.join(out, 'real.json'), `${JSON.stringify(figures, null, 1)}\n`);
console.log(`\n${figures.length} figures in out/bench/real.json`);

async function come(name, browser) {
  const v = await Visitor.open('about:blank', { name, browser });
  // Without a graphics card a large picture costs more than two cores have, and then nobody measures the sync.
  await v.page.setViewport({ width: 400, height: 700 });
  return v;
}

async function gatherOurs(visitors, host) {
  await Promise.all(visitors.map(async (v) => {
    await v.goto(`${front.url}/#${host.invitation}`);
    await v.takeSeat();
    await v.sees('the film is ready', (x) => x.ready >= 3);
  }));
  await until('everybody measured the clock', async () => (await host.get('/timeline')).measured === visitors.length);
  await wait(3000);
  return { do: (what, to) => host.post(`/do?what=${what}&to=${to ?? 0}`), timeline: () => host.get('/timeline') };
}

/** The first browser hosts, the others are its guests. */
async function gatherAtPage(visitors) {
  const [host, ...others] = visitors;
  host.page.once('dialog', (d) => void d.accept()); // a host's page asks before it is left
  await host.goto(front.url);
  await host.page.evaluate(() => sessionStorage.clear()); // the tab was a guest in the evening before
  await host.goto(front.url);
  const link = await host.openParty();
  await Promise.all(others.map(async (v) => {
    await v.goto(link);
    await v.takeSeat();
  }));
  for (const v of visitors) await v.sees('the film is ready', (x) => x.ready >= 3);
  await until('everybody measured the clock', () => host.page.evaluate((n) =>
    globalThis.bench.view.people.filter((p) => !p.host && p.uncertainty !== null).length === n, others.length));
  await wait(3000);
  return {
    do: (what, to) => host.page.evaluate((what, to) => {
      const { peer, truth } = globalThis.bench;
      const at = truth(performance.now());
      peer.do(what === 'seek' ? { type: what, position: to } : { type: what });
      return { at };
    }, what, to),
    timeline: () => host.page.evaluate(() => {
      const { timeline: t } = globalThis.bench.view;
      return { at: globalThis.bench.truth(t.at), position: t.position, rate: t.rate };
    }),
  };
}

async function gatherRival(visitors, host, system) {
  await Promise.all(visitors.map(async (v) => {
    await v.goto(`http://${host.address}/rival?correct=${system.includes('as it ships') ? 0 : 1}`);
    await v.sees('the film is ready', (x) => x.ready >= 3);
    // What ours does too: the first start of an element costs a third of a second.
    await v.page.evaluate(async () => { const x = document.querySelector('video'); x.muted = true; await x.play(); x.pause(); x.currentTime = 0; x.muted = false; });
  }));
  await wait(3500); // three pings
  return { do: (what, to) => host.post(`/rival/do?what=${what}&to=${to ?? 0}`), timeline: () => host.get('/rival/timeline') };
}

function report(condition, system, night, path_, machine) {
  const { pages, began } = night;
  const add = (name, value, unit, samples) => figure(name, condition, system, value, unit, samples);
  // A row's errors are distances from the timeline of its own start.
  const calm = (of, grid = onGrid) => began.flatMap((b) => grid(of, b.timeline, b.from, b.to));
  const rows = calm(pages);
  const all = pairs(rows);
  const skew = spread(all);
  const chromium = pages.filter((p) => !p.firefox);
  const table = [['media skew', skew]];
  if (chromium.length < pages.length) {
    table.push(['media skew, Chromium alone', spread(pairs(calm(chromium)))]);
    const foxes = calm(pages.filter((p) => p.firefox));
    table.push(['media skew, Firefox to Chromium', spread(calm(chromium).flatMap((r, i) => r.errors.flatMap((e) =>
      foxes[i].errors.filter((f) => f !== null && e !== null).map((f) => f - e))))]);
  }
  table.push(['media skew, first five seconds', spread(pairs(began.flatMap((b) => onGrid(pages, b.timeline, b.timeline.at, b.from))))]);
  table.push(['shown picture skew', spread(pairs(calm(chromium, (of, t, from, to) => shownOnGrid(of, t, fps, from, to))))]);
  table.push(['distance from the host', spread(rows.flatMap((r) => r.errors.filter((e) => e !== null)))]);
  for (const [name, s] of table) for (const q of ['p50', 'p95', 'p99', 'max']) add(`${name} ${q}`, s[q], 'ms', s.samples);
  const blank = rows.reduce((n, r) => n + r.errors.filter((e) => e === null).length, 0);
  add('media skew, points without a sample', blank, '', rows.length * pages.length);

  for (const [when, name] of [[300, '+0.3 s'], [1500, '+1.5 s']]) {
    const each = began.map((b) => spreadAt(pages, b.timeline, b.timeline.at + when));
    const known = each.filter((x) => x !== null);
    add(`start spread ${name} p50`, quantile(known, 0.5), 'ms', known.length);
    add(`start spread ${name} p95`, quantile(known, 0.95), 'ms', known.length);
    add(`start spread ${name}, the first start`, each[0] ?? NaN, 'ms', 1);
    add(`start spread ${name}, starts at which somebody has no sample`, each.length - known.length, '', each.length);
  }
  const lead = began.map((b) => b.timeline.at - b.asked);
  add('play lead p50', quantile(lead, 0.5), 'ms', lead.length);
  add('play lead p95', quantile(lead, 0.95), 'ms', lead.length);
  add('play lead, the first start', lead[0], 'ms', 1);
  const stood = pauses(night);
  const came = stood.filter((x) => !Number.isNaN(x));
  for (const q of [50, 95, 99]) add(`pause latency p${q}`, quantile(came, q / 100), 'ms', came.length);
  add('pause latency p99 beyond the one-way p95', quantile(came, 0.99) - path_.forth.p95, 'ms', came.length);
  add('pauses that did not come', stood.length - came.length, '', stood.length);

  const costs = began.flatMap((b) => pages.map((p) => cost(p, b.from, b.to)));
  const minutes = began.reduce((n, b) => n + b.to - b.from, 0) / 60000;
  add('rate correction', costs.reduce((n, c) => n + c.integral, 0) / pages.length / minutes, 'ms/min', pages.length);
  add('seeks in steady state', costs.reduce((n, c) => n + c.seeks, 0), '', pages.length);
  add('stalls in steady state', costs.reduce((n, c) => n + c.stalls, 0), '', pages.length);
  const read = chromium.flatMap((p) => p.frames.map((f) => f[1] >= 0));
  add('pictures that could be read in time', 100 * read.filter(Boolean).length / Math.max(1, read.length), '%', read.length);
  add('dropped pictures', 100 * pages.reduce((n, p) => n + p.dropped, 0) / Math.max(1, pages.reduce((n, p) => n + p.shown, 0)), '%', pages.length);
  const trips = pages.map((p) => p.sync?.rtt).filter((x) => typeof x === 'number');
  if (trips.length) {
    const least = path_.forth.p5 + path_.back.p5;
    add('round trip by the guests, the least', Math.min(...trips), 'ms', trips.length);
    // Another path than the impaired one, be it in one direction, makes figures of nothing.
    if (Math.min(...trips) < 0.9 * least) throw new Error(`a guest measured a round trip of ${Math.min(...trips)} ms in a network of at least ${least}: it is not the impaired path`);
  }
  const own = pages.map((p) => p.sync?.uncertainty).filter((x) => typeof x === 'number');
  if (own.length) add('own uncertainty (2 SE), the largest', Math.max(...own), 'ms', own.length);
  if (own.length) add('guests who were told not to trust their rates', pages.filter((p) => p.sync?.safe === false).length, '', pages.length);
  add('truth clock exchange, the least delay', Math.max(...pages.map((p) => Math.min(...p.cal.map((c) => c.delay)))), 'ms', pages.length);
  add('machine busy', machine.busy, '%', 1);
  add('machine stolen', machine.steal, '%', 1);

  console.log(`  ${system}${machine.steal > 5 ? ' (VOID: the machine was taken away)' : ''}`);
  for (const f of figures.filter((x) => x.condition === condition && x.system === system)) {
    console.log(`    ${f.name.padEnd(66)} ${Number.isFinite(f.value) ? f.value.toFixed(2).padStart(9) : '        -'} ${f.unit.padEnd(7)} n=${f.samples}`);
  }
  const end = began.at(-1);
  return { skew, all: all.map(Math.abs), rows: onGrid(pages, end.timeline, end.from, end.to) };
}

function figure(name, condition, system, value, unit, samples) {
  figures.push({ name, condition, system, value: Number.isFinite(value) ? Number(value.toFixed(4)) : null, unit, samples });
}

function told(x) { return `${x.mean.toFixed(1)} ± ${x.sd.toFixed(1)} ms, p95 ${x.p95.toFixed(1)}, loss ${(100 * x.loss).toFixed(1)} %`; }
