// Every screen of an evening, in both languages and at seven sizes: nothing is wider than the window, no control lies
// outside of it, and axe finds nothing wrong. With SCREENS=1 (make screenshots) each is also kept as a picture in
// out/screenshots.
import assert from 'node:assert/strict';
import { mkdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { root } from './films.mjs';
import { scene } from './scene.mjs';
import { until } from './until.mjs';

// No isMobile or hasTouch: the driver reloads the page to change them, and the party would be over.
const sizes = {
  phone: { width: 390, height: 844, axe: true },
  side: { width: 844, height: 390 }, // the phone on its side
  tablet: { width: 768, height: 1024 },
  zoomed: { width: 720, height: 450, axe: true }, // a laptop's page at twice its size
  reflow: { width: 320, height: 256 }, // the smallest that WCAG asks for: a desktop's page at four times its size
  laptop: { width: 1440, height: 900, axe: true },
  desktop: { width: 1920, height: 1080 },
};
const rules = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'];
const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const pictures = process.env.SCREENS ? path.join(root, 'out', 'screenshots') : '';
if (pictures) mkdirSync(pictures, { recursive: true });

/** What is wrong with the page as it stands, at every size. */
async function look(v, name, wrong, { move = true } = {}) {
  const before = v.page.viewport();
  for (const [size, { axe: looked, ...viewport }] of Object.entries(sizes)) {
    await v.page.setViewport(viewport);
    if (move) await v.page.mouse.move(200, 300 + Math.random()); // the controls show
    // What comes in must have come: a colour half faded in has no contrast yet.
    await v.page.evaluate(() => Promise.all([document.fonts.ready, ...document.getAnimations()
      .filter((a) => a.effect?.getComputedTiming().iterations !== Infinity).map((a) => a.finished.catch(() => {}))]));
    if (pictures) await v.page.screenshot({ path: path.join(pictures, `${name}.${size}.png`) });
    for (const fault of await v.page.evaluate(faults)) wrong.push(`${name} at ${size}: ${fault}`);
    if (!looked) continue;
    await v.page.evaluate(axe);
    const found = await v.page.evaluate((values) => globalThis.axe.run(document, { runOnly: { type: 'tag', values } }), rules);
    assert.ok(found.passes.length > 5, `axe looked at ${name}`);
    for (const f of found.violations) {
      wrong.push(`${name} at ${size}: ${f.id} (${f.impact}) ${f.nodes.map((n) => n.target.join(' ')).join(', ')}`);
    }
  }
  if (before) await v.page.setViewport(before);
}

/** Runs in the page: what is too wide, and which controls nobody can reach with a finger. */
function faults() {
  const found = [];
  const wide = document.documentElement.scrollWidth - innerWidth;
  if (wide > 0) found.push(`${wide} px wider than the window`);
  for (const el of document.querySelectorAll('html, body, #page, .room, .house, .lobby')) {
    if (el.scrollTop > 0 && getComputedStyle(el).overflowY === 'hidden') found.push(`${el.className || el.localName} is scrolled by ${el.scrollTop} px, and nobody can scroll it back`);
  }
  // Whatever the size, the ways out and in are there, to be scrolled to where the window is small.
  for (const name of document.querySelector('.room:not(.full, .idle)') && !document.querySelector('dialog[open], :popover-open') ? ['leave', 'invite', 'chat', 'people', 'play', 'chat-input'] : []) {
    const el = document.querySelector(`[data-test="${name}"]`);
    if (!el?.checkVisibility() && !(name === 'chat-input' && document.querySelector('#panel-chat[hidden]'))) { found.push(`there is no ${name}`); continue; }
    const box = el.getBoundingClientRect();
    const clipped = getComputedStyle(document.body).overflowY === 'hidden' ? innerHeight : Infinity;
    if (box.height > 0 && box.bottom + scrollY > clipped + 1 && !el.closest('.folk, .talk')) found.push(`${name} ends ${Math.round(box.bottom - clipped)} px below the window, and nothing scrolls`);
  }
  const top = document.querySelector('dialog[open]') ?? document;
  for (const el of top.querySelectorAll('button, a, input, select')) {
    if (!el.checkVisibility({ opacityProperty: true, visibilityProperty: true }) || el.matches('.sr, [type=file]')) continue;
    const box = el.getBoundingClientRect();
    const within = el.closest('.player')?.getBoundingClientRect() ?? { left: 0, right: innerWidth };
    if (box.width > 0 && (box.left < within.left - 1 || box.right > within.right + 1)) {
      found.push(`${el.ariaLabel ?? el.dataset.test ?? el.textContent} lies outside: ${Math.round(box.left)} to ${Math.round(box.right)}`);
    }
    if (box.width > 0 && el.matches('button') && (box.width < 24 || box.height < 24)) { // WCAG 2.2, 2.5.8
      found.push(`${el.ariaLabel ?? el.textContent} is ${Math.round(box.width)} by ${Math.round(box.height)}: too small for a finger`);
    }
  }
  return found;
}

async function shut(v) {
  await v.page.keyboard.press('Escape');
  await until('the dialog is put away', () => v.page.evaluate(() => !document.querySelector('dialog[open], :popover-open')));
}

for (const lang of ['en', 'fr']) {
  const name = (screen) => `${screen}.${lang}`;

  scene(`every screen of an evening is for everyone (${lang})`, async (s) => {
    const wrong = [];
    const server = await s.server();
    const host = await s.visitor(server.url, { name: 'Ana', lang });
    await host.find('sample');
    await look(host, name('landing'), wrong);
    const link = await host.openParty();
    const guest = await s.visitor(link, { name: 'Luc', lang });
    await guest.find('take-seat');
    await until('the guest knows what is on', async () => /Big Buck Bunny/.test(await guest.page.evaluate(() => document.body.innerText)));
    await look(guest, name('lobby'), wrong);
    await guest.takeSeat();
    await look(guest, name('theatre-curtain'), wrong);
    await host.click('play');
    await guest.watches();
    await guest.say('12:03 😂');
    await host.reads('12:03');
    await host.seek(0.3); // leaves an undo
    await host.sees('the jump', (v) => v.time > 5 && !v.seeking);
    await look(host, name('theatre-host'), wrong);
    await guest.click('ask-remote');
    await until('the wish is shown as made', () => guest.page.$eval(guest.at('ask-remote'), (b) => b.ariaPressed === 'true'));
    await look(guest, name('theatre-guest'), wrong);
    await host.click('people');
    await look(host, name('people'), wrong);
    await host.click('chat');
    await host.click('play');
    await host.sees('the film stands', (v) => v.paused);
    await look(host, name('theatre-paused'), wrong);
    await host.click('play');
    await host.watches();
    await until('the controls have stepped back', () => host.page.$eval('.room', (r) => r.matches('.idle')), { within: 8000 });
    await look(host, name('theatre-idle'), wrong, { move: false });
    assert.deepEqual(wrong, []);
  });

  scene(`every dialog is for everyone (${lang})`, async (s) => {
    const wrong = [];
    const server = await s.server();
    const { host, link } = await s.host(server, { lang });
    const guest = await s.guest(link, { lang });
    await host.click('play');
    await host.watches();
    await host.click('invite');
    await host.find('invite-link');
    await look(host, name('invitation'), wrong);
    await shut(host);
    for (const [screen, open] of [
      ['keys', () => host.page.keyboard.press('?')], ['sync', () => host.click('sync-chip')],
      ['change', () => host.click('change-film')], ['leave', () => host.click('leave')],
    ]) {
      await open();
      await host.page.waitForSelector('dialog[open] h2');
      await look(host, name(screen), wrong);
      await shut(host);
    }
    await host.click('captions-menu');
    const field = await host.page.waitForSelector(host.at('captions-file'));
    await field.uploadFile(new URL('./words.srt', import.meta.url).pathname);
    await host.find('captions');
    await look(host, name('captions'), wrong);
    await shut(host);
    await host.page.keyboard.press('f');
    await until('the film has the whole screen', () => host.page.$eval('.room', (r) => r.matches('.full')));
    await until('the controls and the chat have stepped back', () => host.page.$eval('.talk', (t) => t.closest('.idle') && getComputedStyle(t).opacity === '0'), { within: 10_000 });
    await guest.say('🐦👑');
    await host.reads('🐦👑');
    await until('the line shows over the film, and the controls do not', () => host.page.$eval('.talk', (t) => t.closest('.idle') && getComputedStyle(t).opacity === '1'), { within: 5000 });
    await look(host, name('full'), wrong);
    await guest.click('leave');
    await guest.find('ended');
    await look(guest, name('farewell'), wrong);
    await guest.goto(`${link.slice(0, -4)}AAAA`);
    await guest.find('error');
    await look(guest, name('damaged'), wrong);
    assert.deepEqual(wrong, []);
  });

  scene(`every decision is for everyone (${lang})`, async (s) => {
    const wrong = [];
    const server = await s.server();
    const { host, link } = await s.host(server, { lang });
    const guest = await s.guest(link, { lang });
    await host.find('check');
    await look(host, name('host-curtain'), wrong);
    await host.click('people');
    await guest.click('ask-remote');
    await host.find('asks');
    await host.click('rules');
    await host.click('rule-approve');
    const late = await s.visitor(link, { name: 'Zoé', lang });
    await late.reaches('lobby');
    await late.click('take-seat');
    await late.find('at-door');
    await look(late, name('knocking'), wrong);
    await host.find('knock');
    await look(host, name('rules'), wrong);
    await host.click('rules');
    await host.click('chat');
    await look(host, name('call'), wrong);
    await host.click('knock-yes');
    await late.reaches('theatre');
    await host.click('people');
    await host.click('asks-yes');
    await host.click('person-menu');
    await host.click('mute-person');
    await host.find('is-muted');
    await look(host, name('person-menu'), wrong);
    await host.click('kick');
    await host.page.waitForSelector('dialog[open]');
    await look(host, name('kick'), wrong);
    await shut(host);
    await guest.click('people');
    await guest.click('me-menu');
    await guest.find('my-name');
    await look(guest, name('me'), wrong);
    await guest.click('me-menu');
    await guest.click('check');
    await late.find('ready-check');
    await look(guest, name('check-host'), wrong);
    await look(late, name('check-guest'), wrong);
    await guest.click('start-anyway');
    await late.find('countdown');
    await guest.click('leave');
    await guest.goto(link);
    await guest.click('take-seat');
    await host.click('knock-no');
    await guest.find('error');
    await look(guest, name('refused'), wrong);
    assert.deepEqual(wrong, []);
  });

  scene(`every trouble is for everyone (${lang})`, async (s) => {
    const wrong = [];
    const server = await s.server();
    const { host, link } = await s.host(server, { lang, expects: [/./] });
    const guest = await s.guest(link, { lang, expects: [/./] });
    await host.click('play');
    await guest.watches();
    // A browser that lets no sound be played without a tap.
    const late = await s.visitor('about:blank', { name: 'Zoé', lang });
    await late.page.evaluateOnNewDocument(() => {
      const play = HTMLMediaElement.prototype.play;
      HTMLMediaElement.prototype.play = function () {
        return this.muted ? play.call(this) : Promise.reject(new DOMException('no tap', 'NotAllowedError'));
      };
    });
    await late.goto(link);
    await late.takeSeat();
    await late.find('gate');
    await look(late, name('gate'), wrong);
    await s.leave(late);
    await server.kill('SIGKILL');
    await host.find('server-away');
    await look(host, name('server-away'), wrong);
    await host.signalRenderers('SIGSTOP');
    try {
      await guest.find('banner');
      await look(guest, name('host-lost'), wrong);
    } finally {
      await host.signalRenderers('SIGCONT');
    }
    assert.deepEqual(wrong, []);
  });
}
