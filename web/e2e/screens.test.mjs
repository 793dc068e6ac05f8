// Every screen of an evening, in both languages and at four sizes: axe finds nothing wrong, and nothing is wider than
// the window. With SCREENS=1 (make screenshots) each is also kept as a picture in out/screenshots.
import assert from 'node:assert/strict';
import { mkdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { root } from './films.mjs';
import { scene } from './scene.mjs';
import { until } from './until.mjs';

// No isMobile or hasTouch: the driver reloads the page to change them, and the party would be over.
const sizes = {
  phone: { width: 390, height: 844 },
  tablet: { width: 768, height: 1024 },
  laptop: { width: 1440, height: 900 },
  desktop: { width: 1920, height: 1080 },
};
const rules = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'];
const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const pictures = process.env.SCREENS ? path.join(root, 'out', 'screenshots') : '';
if (pictures) mkdirSync(pictures, { recursive: true });

/** What is wrong with the page as it stands, at every size. */
async function look(v, name, wrong) {
  const before = v.page.viewport();
  for (const [size, viewport] of Object.entries(sizes)) {
    await v.page.setViewport(viewport);
    await v.page.mouse.move(200, 300 + Math.random()); // the controls show
    // What comes in must have come: a colour half faded in has no contrast yet.
    await v.page.evaluate(() => Promise.all([document.fonts.ready, ...document.getAnimations()
      .filter((a) => a.effect?.getComputedTiming().iterations !== Infinity).map((a) => a.finished.catch(() => {}))]));
    if (pictures) await v.page.screenshot({ path: path.join(pictures, `${name}.${size}.png`) });
    const wide = await v.page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
    if (wide > 0) wrong.push(`${name} at ${size}: ${wide} px wider than the window`);
    await v.page.evaluate(axe);
    const found = await v.page.evaluate((values) => globalThis.axe.run(document, { runOnly: { type: 'tag', values } }), rules);
    assert.ok(found.passes.length > 5, `axe looked at ${name}`);
    for (const f of found.violations) {
      wrong.push(`${name} at ${size}: ${f.id} (${f.impact}) ${f.nodes.map((n) => n.target.join(' ')).join(', ')}`);
    }
  }
  if (before) await v.page.setViewport(before);
}

for (const lang of ['en', 'fr']) {
  scene(`every screen is for everyone (${lang})`, async (s) => {
    const wrong = [];
    const server = await s.server();
    const host = await s.visitor(server.url, { name: 'Ana', lang });
    await host.find('sample');
    await look(host, `landing.${lang}`, wrong);
    const link = await host.openParty();
    const guest = await s.visitor(link, { name: 'Luc', lang });
    await guest.find('take-seat');
    await until('the guest knows what is on', async () => /Big Buck Bunny/.test(await guest.page.evaluate(() => document.body.innerText)));
    await look(guest, `lobby.${lang}`, wrong);
    await guest.takeSeat();
    await host.click('play');
    await guest.watches();
    await guest.say('12:03 😂');
    await host.reads('12:03');
    await host.seek(0.3); // leaves an undo
    await host.sees('the jump', (v) => v.time > 5 && !v.seeking);
    await look(host, `theatre-host.${lang}`, wrong);
    await guest.click('ask-remote');
    await until('the wish is shown as made', () => guest.page.$eval(guest.at('ask-remote'), (b) => b.ariaPressed === 'true'));
    await look(guest, `theatre-guest.${lang}`, wrong);
    await host.click('invite');
    await host.find('invite-link');
    await look(host, `invitation.${lang}`, wrong);
    await host.page.keyboard.press('Escape');
    await until('the invitation is put away', async () => !await host.shows('invite-link'));
    await host.page.keyboard.press('?');
    await host.page.waitForSelector('dialog[open]');
    await look(host, `keys.${lang}`, wrong);
    await host.page.keyboard.press('Escape');
    await guest.click('leave');
    await guest.find('ended');
    await look(guest, `farewell.${lang}`, wrong);
    assert.deepEqual(wrong, []);
  });
}
