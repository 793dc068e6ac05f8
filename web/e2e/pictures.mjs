// Takes the README's picture: a real party in Chromium, as it is. Run by `make pictures`.
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
try {
  const ana = await Visitor.open(server.url, { name: 'Ana' });
  ended.push(() => ana.close());
  await ana.page.setViewport({ width: 1440, height: 900 });
  const link = await ana.openParty();
  const luc = await Visitor.open(link, { name: 'Luc' });
  ended.push(() => luc.close());
  await luc.takeSeat();
  const zoe = startNative('join', '-name', 'Zoé', '-hue', '322', link);
  ended.push(() => zoe.kill('SIGKILL'));
  await zoe.prints(/You are in/);
  await ana.page.keyboard.press('Escape');
  await ana.click('play');
  await Promise.all([ana.watches(), luc.watches()]);
  await luc.say('the bird of judgement 😂');
  await ana.reads('judgement');
  zoe.type('that wing span!');
  await ana.reads('wing span');
  await ana.say('🐦👑');
  await until('in sync', async () => /In sync/.test(await ana.text('sync-chip')));
  await ana.sees('a good moment', (v) => v.time % 30 > 16 && v.time % 30 < 18);
  await ana.page.mouse.move(500, 500); // the controls show
  await ana.page.screenshot({ path: path.join(docs, 'theatre.png') });
} finally {
  await Promise.allSettled(ended.reverse().map((end) => end()));
}
