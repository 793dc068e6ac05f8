// A whole evening: somebody opens a room, and a friend comes by phone. A link, two taps to the film, a word to the
// others, a reaction, the remote, and home. By fingers, in a window of a phone's size; each browser by itself.
import assert from 'node:assert/strict';
import { scene } from './scene.mjs';
import { until } from './until.mjs';

const phone = { width: 390, height: 844, deviceScaleFactor: 2, isMobile: true, hasTouch: true };

/** What the driver of this browser can be asked for: Firefox's makes a window small, but not a phone. */
const held = { chrome: phone, firefox: { width: phone.width, height: phone.height } };

class Phone {
  constructor(visitor) { this.v = visitor; }
  async tap(name) { await (await this.v.find(name)).tap(); }
  /** Where an element is, and that it can be seen there. */
  async seen(selector) {
    const box = await this.v.page.$eval(selector, (el) => {
      const { left, right, top, bottom } = el.getBoundingClientRect();
      return { left, right, top, bottom, width: innerWidth, height: innerHeight };
    });
    assert.ok(box.left >= 0 && box.right <= box.width && box.top >= 0 && box.bottom <= box.height && box.bottom > box.top, `${selector} is seen: ${JSON.stringify(box)}`);
    return box;
  }
}

for (const browser of ['chrome', 'firefox']) {
  scene(`an evening on a phone (${browser})`, async (s) => {
    const server = await s.server();
    const { host, link } = await s.host(server, { browser });
    await host.click('play');
    await host.watches();

    const v = await s.visitor('about:blank', { name: 'Zoé', browser });
    const zoe = new Phone(v);
    await v.page.setViewport(held[browser]);
    await v.goto(link); // the first tap was on the link
    await zoe.seen('[data-test=take-seat]');
    await zoe.tap('take-seat'); // and this is the second
    await v.watches();
    assert.equal(await v.page.evaluate(() => document.documentElement.scrollWidth - innerWidth), 0, 'nothing lies beside the window');

    const film = await zoe.seen('.player');
    const word = await zoe.seen('[data-test=chat-input]');
    assert.ok(film.bottom <= word.top, 'the chat is below the film');
    await zoe.tap('chat-input');
    await v.page.setViewport({ ...held[browser], height: 430 }); // the keyboard comes up
    await zoe.seen('[data-test=chat-input]');
    await zoe.seen('.player');
    await v.page.keyboard.type('coucou 👋');
    await zoe.tap('chat-send');
    await v.page.setViewport(held[browser]);
    await host.reads('coucou 👋');
    await host.say('you made it');
    await v.reads('you made it');

    await host.page.evaluate(() => {
      new MutationObserver((all) => {
        for (const m of all) for (const el of m.addedNodes) window.floated ??= el.dataset?.emoji;
      }).observe(document.querySelector('.floating'), { childList: true });
    });
    await (await v.page.waitForSelector('[data-test=react][data-emoji="👏"]', { visible: true })).tap();
    await until('the reaction floats over the host\'s film', async () => await host.page.evaluate(() => window.floated) === '👏');

    await zoe.tap('people');
    await until('she sees who is there', async () => (await v.people()).length === 2);
    await zoe.tap('chat');

    // On its side: the film takes the window, and the controls come at a tap and go.
    await v.page.setViewport({ ...held[browser], width: 844, height: 390 });
    await until('the film is as high as the window', async () => (await zoe.seen('.player')).bottom === 390);
    await until('the controls step back', () => v.page.$eval('.room', (r) => r.matches('.idle')), { within: 10_000 });
    const playing = !(await v.video()).paused;
    if (browser === 'chrome') await v.page.touchscreen.tap(200, 180);
    else await v.page.mouse.click(200, 180);
    await until('a tap brings them back', () => v.page.$eval('.room', (r) => !r.matches('.idle')));
    assert.equal(!(await v.video()).paused, playing, 'and only that');
    await zoe.seen('[data-test=leave]');
    await v.page.setViewport(held[browser]);

    await host.click('play');
    await v.sees('the film stands', (f) => f.paused);
    await host.click('play');
    await v.watches();

    // The remote goes over to her: first she asks, then she drives.
    const wake = async () => browser === 'chrome' ? v.page.touchscreen.tap(200, 120) : v.page.mouse.move(200, 120 + Math.random());
    await wake();
    await zoe.tap('ask-remote');
    await host.click('people');
    await host.click('asks-yes');
    await until('she may drive', () => v.page.$eval(v.at('play'), (b) => b.ariaDisabled !== 'true'));
    await wake();
    await zoe.tap('play');
    await host.sees('the film stands', (f) => f.paused);
    await zoe.tap('play');
    await host.watches();
    await host.click('chat');

    await zoe.tap('leave');
    await v.told(/kept nowhere|goes when it ends/); // what was said goes with the party
    await host.reads('left');
    await (await v.page.waitForSelector('[data-test=ended] .btn.p')).tap();
    await zoe.tap('take-seat'); // the door is still open, and they know her
    await v.watches();
  });
}
