// Films a real party for the README: two browsers side by side, one is the host's. Run by `make pictures`.
import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { clockFilm, root } from './films.mjs';
import { startServer } from './processes.mjs';
import { until } from './until.mjs';
import { Visitor } from './visitor.mjs';

const size = { width: 960, height: 580 };
const fps = 10;
const out = path.join(root, 'docs', 'in-sync.webp');

/** Keeps what a browser paints, with when: pictures that were taken one after another would not be of one moment. */
async function film(v) {
  const cdp = await v.page.createCDPSession();
  const frames = [];
  cdp.on('Page.screencastFrame', ({ data, metadata, sessionId }) => {
    frames.push({ at: metadata.timestamp, data: Buffer.from(data, 'base64') });
    cdp.send('Page.screencastFrameAck', { sessionId }).catch(() => {});
  });
  await cdp.send('Page.startScreencast', { format: 'jpeg', quality: 90, maxWidth: size.width, maxHeight: size.height, everyNthFrame: 1 });
  return { frames, stop: () => cdp.send('Page.stopScreencast') };
}

mkdirSync(path.dirname(out), { recursive: true });
const dir = mkdtempSync(path.join(tmpdir(), 'toile-animation-'));
const server = await startServer(clockFilm());
const ended = [() => server.kill('SIGKILL')];
try {
  const ana = await Visitor.open(server.url, { name: 'Ana' });
  ended.push(() => ana.close());
  await ana.page.evaluate(() => localStorage.setItem('toile.hue', '322'));
  await ana.page.setViewport(size);
  await ana.goto(server.url);
  const link = await ana.openParty();
  const luc = await Visitor.open('about:blank', { name: 'Luc' });
  ended.push(() => luc.close());
  await luc.page.setViewport(size);
  await luc.goto(link);
  await luc.page.evaluate(() => localStorage.setItem('toile.hue', '205'));
  await luc.goto(link);
  await luc.takeSeat();
  await ana.page.evaluate(() => document.activeElement?.blur());
  await ana.click('play');
  await Promise.all([ana.watches(), luc.watches()]);
  await ana.seek(0.5);
  for (const v of [ana, luc]) {
    await v.sees('the jump', (f) => f.time > 14 && !f.seeking && !f.paused);
    await until('in sync', async () => await v.page.$eval(v.at('sync-chip'), (e) => e.dataset.state) === 'synced');
  }

  const films = await Promise.all([film(ana), film(luc)]);
  const begin = Date.now() / 1000;
  const stir = (v) => v.page.mouse.move(300 + Math.random(), 400);
  await Promise.all([stir(ana), stir(luc)]);
  await pause(1500);
  await luc.say('wait, who is THAT?');
  await pause(700);
  await stir(ana);
  await ana.click('play');
  await pause(1200);
  await ana.say('the bird of judgement 😂');
  await pause(700);
  await ana.click('play');
  await pause(2200);
  await ana.seek(0.55);
  await pause(1800);
  const end = Date.now() / 1000;
  await Promise.all(films.map((f) => f.stop()));

  const count = Math.floor((end - begin) * fps);
  for (let n = 0; n < count; n++) {
    for (const [i, { frames }] of films.entries()) {
      const shown = frames.findLast((f) => f.at <= begin + n / fps) ?? frames[0];
      writeFileSync(path.join(dir, `${i}-${String(n).padStart(4, '0')}.jpg`), shown.data);
    }
  }
  const side = (i) => ['-framerate', `${fps}`, '-i', path.join(dir, `${i}-%04d.jpg`)];
  execFileSync('ffmpeg', ['-v', 'error', '-y', ...side(0), ...side(1), '-filter_complex',
    '[0][1]hstack,scale=1200:-2:flags=lanczos', '-c:v', 'libwebp_anim', '-quality', '55', '-compression_level', '6', '-loop', '0', out]);
  console.log(`${out}: ${count} pictures, ${Math.round(statSync(out).size / 1024)} KiB`);
} finally {
  await Promise.allSettled(ended.reverse().map((end) => end()));
  rmSync(dir, { recursive: true, force: true });
}
