// By keyboard alone: every control can be reached and is marked when it is, dialogs keep the focus and give it back,
// and who asked for little motion gets little.
import assert from 'node:assert/strict';
import { scene } from './scene.mjs';
import { until } from './until.mjs';

/** Runs in the page: the focused control, and whether anybody can see that it is. */
async function focused() {
  const el = document.activeElement;
  await Promise.all(document.getAnimations().filter((a) => a instanceof CSSTransition).map((a) => a.finished.catch(() => {})));
  if (!el || el === document.body) return { name: '', marked: true };
  const amber = (e) => e && getComputedStyle(e).boxShadow.includes('255, 190, 107');
  const outlined = (e) => {
    if (!e) return false;
    const s = getComputedStyle(e);
    return s.outlineStyle !== 'none' && parseFloat(s.outlineWidth) >= 2;
  };
  return {
    name: el.dataset.test ?? el.ariaLabel ?? el.textContent.trim().slice(0, 30),
    marked: outlined(el) || outlined(el.closest('.tl')?.querySelector('.kn')) || outlined(el.closest('label'))
      || amber(el.closest('.field')) || amber(el),
    inside: el.closest('dialog') !== null,
  };
}

/** Presses Tab until the focus has gone once round. */
async function tour(v) {
  const met = [];
  for (let i = 0; i < 60; i++) {
    await v.page.keyboard.press('Tab');
    const now = await v.page.evaluate(focused);
    if (now.name === '' || (met.length > 2 && now.name === met[0].name)) break;
    met.push(now);
  }
  return met;
}
const names = (met) => met.map((m) => m.name);
const unmarked = (met) => names(met.filter((m) => !m.marked));

// In Chromium: a headless Firefox has no window that could have the focus, so nothing there is focused for the page.
scene('a party by keyboard alone', async (s) => {
  const server = await s.server();
  const v = await s.visitor(server.url);
  await v.find('sample');
  const landing = await tour(v);
  for (const name of ['name', 'source-url', 'open-room', 'sample']) assert.ok(names(landing).includes(name), `Tab comes to ${name}: ${names(landing)}`);
  assert.deepEqual(unmarked(landing), [], 'on the landing');

  await v.page.focus(v.at('sample'));
  await v.page.keyboard.press('Enter');
  await v.reaches('theatre');
  await v.sees('the film is ready', (f) => f.ready >= 2);
  await v.find('chat-input'); // it is loaded after the room
  assert.equal(await v.page.evaluate(() => document.activeElement.textContent), 'Big Buck Bunny', 'the focus is in the theatre, and not lost with the button');
  const theatre = await tour(v);
  for (const name of ['invite', 'play', 'seek', 'captions-menu', 'chat-input']) assert.ok(names(theatre).includes(name), `Tab comes to ${name}: ${names(theatre)}`);
  assert.deepEqual(unmarked(theatre), [], 'in the theatre');

  for (const [opener, inside] of [['invite', 'invite-link'], ['leave', 'leave-yes'], ['sync-chip', '']]) {
    await v.page.focus(v.at(opener));
    await v.page.keyboard.press('Enter');
    await v.page.waitForSelector('dialog[open]');
    const met = await tour(v);
    assert.ok(met.length > 1 && met.every((m) => m.inside), `${opener}: the focus stays inside: ${names(met)}`);
    if (inside) assert.ok(names(met).includes(inside), `${opener}: ${names(met)}`);
    assert.deepEqual(unmarked(met), [], `in the dialog of ${opener}`);
    await v.page.keyboard.press('Escape');
    await until(`${opener} has the focus again`, () => v.page.evaluate((o) => document.activeElement?.dataset.test === o, opener));
  }

  await v.page.focus(v.at('play'));
  await v.page.keyboard.press(' ');
  await v.watches();
  await v.page.focus(v.at('seek'));
  const { time } = await v.video();
  await v.page.keyboard.press('ArrowRight');
  await v.sees('the arrow moved it', (f) => f.time > time + 4 && f.time < time + 12 && !f.seeking);
  await v.page.focus(v.at('leave'));
  await v.page.keyboard.press('Enter');
  await v.page.waitForSelector(v.at('leave-yes'));
  await v.page.focus(v.at('leave-yes'));
  await v.page.keyboard.press('Enter');
  await v.told(/kept nowhere/);
});

scene('who asked for little motion gets little', async (s) => {
  const server = await s.server();
  const v = await s.visitor('about:blank');
  await v.page.emulateMediaFeatures([{ name: 'prefers-reduced-motion', value: 'reduce' }]);
  await v.page.evaluateOnNewDocument(() => {
    window.moved = [];
    const note = (e) => {
      for (const a of e.target.getAnimations?.() ?? []) {
        const { duration, iterations } = a.effect.getComputedTiming();
        if (duration > 1 || iterations > 1) window.moved.push(`${e.type} ${a.animationName ?? a.transitionProperty} ${duration}`);
      }
    };
    for (const type of ['animationstart', 'transitionrun']) document.addEventListener(type, note, true);
  });
  await v.goto(server.url);
  await v.openParty();
  await v.click('play');
  await v.watches();
  await v.page.keyboard.press('?');
  await v.page.waitForSelector('dialog[open]');
  await v.page.keyboard.press('Escape');
  const glow = () => v.page.$eval('.amb', (c) => c.toDataURL());
  const before = await glow();
  await v.watches();
  assert.equal(await glow(), before, 'the light on the walls stands still');
  assert.deepEqual(await v.page.evaluate(() => window.moved), []);
});

for (const blurs of [true, false]) {
  scene(`words can be read on the film's light on the walls, where a canvas ${blurs ? 'knows filters' : 'knows none, as in Safari'}`, async (s) => {
    const server = await s.server();
    const v = await s.visitor('about:blank');
    if (!blurs) await v.page.evaluateOnNewDocument(() => { delete CanvasRenderingContext2D.prototype.filter; });
    await v.goto(server.url);
    await v.openParty();
    await v.click('play');
    await v.sees('white clouds', (f) => f.time > 4);
    const light = () => v.page.$eval('.amb', (c) => {
      const { data } = c.getContext('2d').getImageData(0, 0, c.width, c.height);
      const linear = (x) => (x /= 255) <= 0.04045 ? x / 12.92 : ((x + 0.055) / 1.055) ** 2.4;
      let brightest = 0;
      for (let i = 0; i < data.length; i += 4) brightest = Math.max(brightest, 0.2126 * linear(data[i]) + 0.7152 * linear(data[i + 1]) + 0.0722 * linear(data[i + 2]));
      const words = ['.title h1', '.title small'].map((s) => {
        const [r, g, b] = getComputedStyle(document.querySelector(s)).color.match(/[\d.]+/g).map(Number);
        return 0.2126 * linear(r) + 0.7152 * linear(g) + 0.0722 * linear(b);
      });
      return { brightest, opacity: Number(getComputedStyle(c).opacity), words };
    });
    const { brightest, opacity, words } = await until('there is light on the walls', async () => {
      const now = await light();
      return now.brightest > 0.02 && now;
    });
    assert.equal(await v.page.evaluate(() => 'filter' in CanvasRenderingContext2D.prototype), blurs);
    for (const word of words) {
      const contrast = (word + 0.05) / (brightest * opacity + 0.05); // https://www.w3.org/TR/WCAG22/#dfn-contrast-ratio
      assert.ok(contrast >= 4.5, `the contrast is ${contrast}`);
    }
  });
}
