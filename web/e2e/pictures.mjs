// Takes the README's pictures: a real party in Chromium, as it is. Run by `make pictures`.
import { mkdirSync } from 'node:fs';
import path from 'node:path';
import { longFilm, root } from './films.mjs';
import { startNative, startServer } from './processes.mjs';
import { until } from './until.mjs';
import { Visitor } from './visitor.mjs';

const docs = path.join(root, 'docs');
mkdirSync(docs, { recursive: true });
const server = await startServer(longFilm());
const ended = [() => server.kill('SIGKILL')];

async function keep(v, name) {
  await v.page.evaluate(() => Promise.all([document.fonts.ready, ...document.getAnimations()
    .filter((a) => a.effect?.getComputedTiming().iterations !== Infinity).map((a) => a.finished.catch(() => {}))]));
  await v.page.screenshot({ path: path.join(docs, `${name}.webp`), type: 'webp', quality: 86 });
}

/** Somebody of whom the pictures should always be in the same colour. */
async function somebody(name, hue, viewport) {
  const v = await Visitor.open('about:blank', { name });
  ended.push(() => v.close());
  await v.page.setViewport(viewport);
  await v.goto(server.url);
  await v.page.evaluate((hue) => localStorage.setItem('toile.hue', hue), String(hue));
  return v;
}

try {
  const ana = await somebody('Ana', 22, { width: 1440, height: 900 });
  await ana.goto(server.url);
  await ana.find('sample');
  await keep(ana, 'landing');
  const link = await ana.openParty();
  await ana.page.evaluate(() => document.activeElement?.blur());
  const luc = await somebody('Luc', 205, { width: 390, height: 844, deviceScaleFactor: 2, isMobile: true, hasTouch: true });
  await luc.goto(link);
  await luc.page.waitForSelector('.still .chip');
  await luc.fill('name', 'Luc');
  await luc.page.evaluate(() => document.activeElement?.blur());
  await keep(luc, 'lobby');
  await luc.takeSeat();
  const zoe = startNative('join', '-name', 'Zoé', '-hue', '322', link);
  ended.push(() => zoe.kill('SIGKILL'));
  await zoe.prints(/You are in/);
  await ana.click('play');
  await Promise.all([ana.watches(), luc.watches()]);
  await luc.say('wait, who is THAT?');
  await ana.reads('THAT');
  zoe.type('the bird of judgement 😂');
  await ana.reads('judgement');
  await ana.say('🐦👑');
  await luc.reads('👑');
  await until('in sync', async () => await ana.page.$eval(ana.at('sync-chip'), (e) => e.dataset.state) === 'synced');
  await ana.sees('a good moment', (f) => f.time % 30 > 16 && f.time % 30 < 18);
  await ana.page.mouse.move(500 + Math.random(), 500); // the controls show
  await keep(ana, 'theatre');
  await luc.page.touchscreen.tap(200, 150);
  await keep(luc, 'phone');
} finally {
  await Promise.allSettled(ended.reverse().map((end) => end()));
}
