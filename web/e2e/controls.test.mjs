// The controls that are in people's fingers, in real browsers: every key, the bar with its preview, captions, the
// system's own keys and window, the lit screen, and what the tab tells.
import assert from 'node:assert/strict';
import { scene } from './scene.mjs';
import { until, throughout } from './until.mjs';

const near = (a, b, by = 0.3) => Math.abs(a - b) < by;

for (const browser of ['chrome', 'firefox']) {
  scene(`every key does for everybody what people expect (${browser})`, async (s) => {
    const server = await s.server();
    const { host, link } = await s.host(server, { browser });
    const guest = await s.guest(link);
    const press = (key) => host.page.keyboard.press(key);
    await host.page.click('[aria-label="Mute"]'); // a button that was clicked leaves Space to the film
    await host.page.click('[aria-label="Unmute"]');
    await press(' ');
    await Promise.all([host.watches(), guest.watches()]);
    await press('k');
    await Promise.all([host, guest].map((v) => v.sees('the film stands', (f) => f.paused && !f.seeking)));
    let at = (await host.video()).time;
    const both = (what, time) => Promise.all([host, guest].map((v) => v.sees(what, (f) => !f.seeking && near(f.time, time))));
    for (const [key, by] of [['l', 10], ['ArrowRight', 5], ['ArrowLeft', -5], ['L', 10], ['j', -10]]) {
      await press(key);
      await both(`${key} moves by ${by} s`, at += by);
    }
    const { duration } = await host.video();
    await press('5');
    await both('5 goes to the middle', duration / 2);
    await press('0');
    await both('0 goes to the beginning', 0);

    await press('>');
    await until('> is faster', async () => await host.text('speed') === '1.25');
    await press('<');
    await until('< is slower', async () => await host.text('speed') === '1');
    await press('m');
    await host.sees('m mutes', (f) => f.muted);
    assert.equal((await guest.video()).muted, false, 'the sound is everybody\'s own');
    await press('m');
    await host.sees('m again is heard', (f) => !f.muted);
    await press('c');
    await until('c says that there are no captions', () => host.page.evaluate(() => /no captions/.test(document.body.innerText)));
    await press('f');
    // Firefox does not take a driver's keys for a person's, and refuses: then the room fills the window.
    const fills = () => host.page.evaluate(() => [document.querySelector('.room').matches('.full'), document.fullscreenElement !== null].join());
    await until('f fills the screen', async () => await fills() === `true,${browser === 'chrome'}`);
    await press('f');
    await until('f again leaves it', async () => await fills() === 'false,false');
    await press('?');
    await host.page.waitForSelector('dialog[open] kbd');
    await press('Escape');
    await until('the list is put away', () => host.page.evaluate(() => !document.querySelector('dialog[open]')));

    await (await host.find('chat-input')).click();
    await host.page.keyboard.type('jkl 5 f m');
    await throughout(600, 'who writes moves nothing', async () => {
      const f = await host.video();
      return f.paused && near(f.time, 0) && !f.muted;
    });
  });
}

scene('who may not drive is told who may, and can ask', async (s) => {
  const server = await s.server();
  const { host, link } = await s.host(server);
  const guest = await s.guest(link);
  await host.click('play');
  await Promise.all([host.watches(), guest.watches()]);
  const { time } = await guest.video();
  await guest.page.keyboard.press('k');
  await guest.page.keyboard.press('l');
  await until('the reason is said', () => guest.page.evaluate(() => /Only the host/.test(document.querySelector('.pillbar').innerText)));
  const after = await guest.video();
  assert.ok(!after.paused && after.time < time + 9, 'nothing moved');
  assert.match(await guest.page.$eval(guest.at('play'), (b) => b.title), /Only the host/);
  assert.equal(await guest.page.$eval(guest.at('seek'), (b) => b.disabled), true);
  await guest.click('ask-remote');
  await until('the wish is shown as made', () => guest.page.$eval(guest.at('ask-remote'), (b) => b.ariaPressed === 'true'));
});

scene('pointing at the bar shows that moment of the film, and disturbs nobody', async (s) => {
  const server = await s.server();
  const { host, link } = await s.host(server);
  const guest = await s.guest(link);
  await host.click('play');
  await Promise.all([host.watches(), guest.watches()]);
  assert.equal(await host.page.evaluate(() => document.querySelectorAll('video').length), 1, 'there is no second video before it is needed');
  await host.countsDisturbances();
  await guest.countsDisturbances();
  const { duration } = await host.video();
  const box = await (await host.find('seek')).boundingBox();
  for (const part of [0.5, 0.25, 0.75]) {
    await until(`a picture of ${part} of the film`, async () => {
      await host.page.mouse.move(box.x + box.width * part + Math.random(), box.y + box.height / 2);
      return host.page.evaluate((time) => {
        const v = document.querySelector('[data-test=preview] video');
        return v !== null && v.checkVisibility() && v.readyState >= 2 && !v.seeking && Math.abs(v.currentTime - time) < 3 && v.muted && v.paused;
      }, duration * part);
    }, { describe: () => host.describe() });
  }
  await host.page.mouse.move(box.x + box.width / 2, box.y - 200);
  await until('the picture goes when nobody points', async () => !await host.shows('preview'));
  assert.deepEqual(await host.disturbances(), []);
  assert.deepEqual(await guest.disturbances(), []);
});

scene('captions: a track of the film or a file, chosen in a menu, drawn by the page', async (s) => {
  const server = await s.server();
  const { host } = await s.host(server);
  await host.click('play');
  await host.watches();
  await host.page.evaluate(() => {
    const track = document.querySelector('video').addTextTrack('subtitles', 'Français', 'fr');
    track.addCue(new VTTCue(0, 600, '<i>Bonjour</i> à tous'));
  });
  await host.page.keyboard.press('c');
  await until('c shows the film\'s own track', async () => await host.text('captions') === 'Bonjour à tous');
  await host.click('captions-menu');
  const field = await host.page.waitForSelector(host.at('captions-file'));
  await field.uploadFile(new URL('./words.srt', import.meta.url).pathname);
  await until('the file\'s words are shown', async () => /Regarde-moi/.test(await host.text('captions')));
  const tracks = () => host.page.$$eval('.menu [name=track]', (els) => els.map((e) => [e.parentElement.innerText.trim(), e.checked]));
  assert.deepEqual(await tracks(), [['Off', false], ['Français', false], ['words', true]]);
  const size = () => host.page.$eval(host.at('captions'), (el) => parseFloat(getComputedStyle(el).fontSize));
  const medium = await size();
  await host.page.$eval(host.at('captions-l'), (el) => el.click());
  await until('large is larger', async () => await size() > medium);
  const line = (property) => host.page.$eval(`${host.at('captions')} span`, (el, p) => getComputedStyle(el)[p], property);
  assert.notEqual(await line('backgroundColor'), 'rgba(0, 0, 0, 0)', 'on black');
  await host.page.$eval(host.at('captions-outline'), (el) => el.click());
  await until('outlined words stand on nothing', async () => await line('backgroundColor') === 'rgba(0, 0, 0, 0)');
  assert.notEqual(await line('textShadow'), 'none');
  await host.page.$eval(host.at('captions-yellow'), (el) => el.click());
  await until('yellow is yellow', async () => await line('color') === 'rgb(255, 225, 77)');
  await host.page.$eval('.menu [name=track]', (el) => el.click());
  await until('off is off', async () => !await host.shows('captions'));
  await host.page.keyboard.press('Escape');
  await until('the menu gives the focus back', () => host.page.evaluate(() => document.activeElement?.dataset.test === 'captions-menu'));

  await host.click('captions-menu');
  await field.uploadFile(new URL('./scene.mjs', import.meta.url).pathname);
  await until('what is not a subtitle file is called so', () => host.page.evaluate(() => /not a subtitle file/.test(document.body.innerText)));
});

scene('the system\'s keys, window, screen and tab go with the party', async (s) => {
  const server = await s.server();
  const host = await s.visitor('about:blank', { name: 'Ana' });
  await host.page.evaluateOnNewDocument(() => {
    window.hardware = {};
    const set = MediaSession.prototype.setActionHandler;
    MediaSession.prototype.setActionHandler = function (action, f) {
      window.hardware[action] = f;
      return set.call(this, action, f);
    };
    window.locks = [];
    if (!globalThis.WakeLock) return; // the blank page before
    const request = WakeLock.prototype.request;
    WakeLock.prototype.request = async function (kind) {
      const lock = await request.call(this, kind);
      window.locks.push(lock);
      return lock;
    };
  });
  await host.goto(server.url);
  const link = await host.openParty();
  const guest = await s.guest(link);
  const favicon = () => host.page.$eval('link[rel=icon]', (l) => l.href);
  await until('the tab says paused', async () => (await host.page.title()).startsWith('⏸ Big Buck Bunny'));
  const paused = await favicon();
  const hardware = (action, details) => host.page.evaluate((a, d) => window.hardware[a](d), action, { action, ...details });
  await hardware('play');
  await Promise.all([host.watches(), guest.watches()]);
  await until('the tab says playing', async () => (await host.page.title()).startsWith('▶ Big Buck Bunny') && await favicon() !== paused);
  assert.deepEqual(await host.page.evaluate(() => [navigator.mediaSession.metadata.title, navigator.mediaSession.playbackState]), ['Big Buck Bunny', 'playing']);
  const lit = () => host.page.evaluate(() => window.locks.filter((l) => !l.released).length);
  await until('the screen stays lit', async () => await lit() === 1);
  await hardware('seekto', { seekTime: 60 });
  await Promise.all([host, guest].map((v) => v.sees('the headset\'s jump moves everybody', (f) => f.time >= 60 && f.time < 70 && !f.seeking)));
  await host.page.$eval('[aria-label="Picture in picture"]', (b) => b.scrollIntoView());
  await host.page.click('[aria-label="Picture in picture"]');
  await until('the film floats', () => host.page.evaluate(() => document.pictureInPictureElement !== null));
  await host.page.click('[aria-label="Picture in picture"]');
  await until('the film is back', () => host.page.evaluate(() => document.pictureInPictureElement === null));
  await hardware('pause');
  await Promise.all([host, guest].map((v) => v.sees('the headset pauses for everybody', (f) => f.paused)));
  await until('the screen may go dark', async () => await lit() === 0);
  await guest.say('are you there?');
  await host.page.click(host.at('people'));
  await guest.say('hello?');
  await until('the tab counts what was not read', async () => /^\(\d\) ⏸/.test(await host.page.title()), { describe: () => host.describe() });
});
