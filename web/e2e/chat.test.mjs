// What two people say to one another over a film.
import assert from 'node:assert/strict';
import { mkdirSync } from 'node:fs';
import path from 'node:path';
import { root } from './films.mjs';
import { scene } from './scene.mjs';
import { until } from './until.mjs';

scene('two people talk: answers, names, moments, reactions, and a line taken back', async (s) => {
  const server = await s.server();
  const { host, link } = await s.host(server);
  const guest = await s.guest(link);
  await host.click('play');
  await Promise.all([host.watches(), guest.watches()]);

  // An answer, seen by both, with the way back to what it answers.
  await guest.say('who is that at 0:42?');
  await host.reads('who is that at 0:42?');
  const line = await host.page.waitForFunction(() => [...document.querySelectorAll('.m')].find((el) => el.innerText.includes('who is that')));
  await line.asElement().hover();
  await host.click('reply');
  await host.find('replying');
  await host.page.keyboard.type('the bird, @lu');
  await host.find('name-option');
  await host.page.keyboard.press('Enter');
  await host.page.keyboard.press('Enter');
  await guest.reads('the bird, @Luc');
  assert.match(await guest.text('quote'), /Luc.*who is that/s, 'the guest sees what is answered');
  assert.ok(await guest.page.$('.m.forme'), 'who is called sees it');

  // The guest may not drive: the moment is no button there. The host goes to it, and takes everybody along.
  assert.equal(await guest.shows('moment'), false);
  await host.click('moment');
  await Promise.all([host, guest].map((v) => v.sees('the moment', (x) => x.time >= 42 && x.time < 60)));

  // Somebody writes.
  await guest.page.focus('#chat-input');
  await guest.page.keyboard.type('hm');
  await until('the host sees that somebody writes', async () => /Luc.* is writing/.test(await host.text('writing')));
  await guest.page.keyboard.press('Backspace');
  await guest.page.keyboard.press('Backspace');
  await until('and that they stopped', async () => await host.text('writing') === '');

  // A reaction floats over both films.
  for (const v of [host, guest]) {
    await v.page.evaluate(() => {
      window.floated = [];
      new MutationObserver((all) => {
        for (const m of all) for (const el of m.addedNodes) if (el.dataset?.test === 'floating') window.floated.push([el.dataset.emoji, performance.timeOrigin + performance.now()]);
      }).observe(document.querySelector('.floating'), { childList: true });
    });
  }
  await guest.page.click('[data-test=react][data-emoji="👏"]');
  const [a, b] = await Promise.all([host, guest].map((v) => until('a reaction floats', () => v.page.evaluate(() => window.floated[0]))));
  assert.deepEqual([a[0], b[0]], ['👏', '👏']);
  assert.ok(Math.abs(a[1] - b[1]) < 150, `at the same instant, to what a timer is late: ${a[1] - b[1]} ms apart`);
  const dir = path.join(root, 'out/e2e');
  mkdirSync(dir, { recursive: true });
  await host.page.screenshot({ path: path.join(dir, 'chat.png') });

  // Emoji come when they are asked for, and can be looked for.
  await host.click('emoji');
  await host.page.waitForFunction(() => document.querySelectorAll('.picker .grid button').length > 50);
  await host.page.screenshot({ path: path.join(dir, 'chat-emoji.png') });
  await host.fill('emoji-search', 'popcorn');
  await until('one is found', async () => await host.page.$$eval('.picker .grid button', (all) => all[0]?.textContent) === '🍿');
  await host.page.keyboard.press('Enter');
  await host.page.keyboard.press('Escape');
  assert.equal(await host.text('chat-input'), '🍿');
  await host.page.keyboard.press('Enter');
  await guest.reads('🍿');
  assert.ok(await guest.page.waitForSelector('.m.big'), 'an emoji by itself is big');

  // Taken back, for both.
  await guest.say('I should not have said that');
  await host.reads('I should not have said that');
  await (await guest.page.waitForFunction(() => [...document.querySelectorAll('.m')].find((el) => el.innerText.includes('should not')))).asElement().hover();
  await guest.page.evaluate(() => [...document.querySelectorAll('.m')].find((el) => el.innerText.includes('should not')).querySelector('[data-test=erase]').click());
  await until('nobody reads it any more', async () => !(await host.lines()).concat(await guest.lines()).some((l) => l.includes('should not')));
  await host.reads('taken back');

  // What is said while nobody looks is counted, on the tab and in the title.
  await guest.click('people');
  await host.say('are you there?');
  await until('it is counted', async () => (await guest.page.title()).startsWith('(1)') && /1/.test(await guest.text('chat')));
  await guest.click('chat');
  await until('and read', async () => !(await guest.page.title()).startsWith('('));

  // The host empties the chat.
  await host.click('people');
  await host.click('rules');
  await host.click('clear');
  await host.click('clear-yes');
  await guest.reads('cleared the chat');
  assert.ok(!(await guest.lines()).some((l) => /are you there|the bird/.test(l)), 'what was said is gone');

  // A phone beside a television.
  await guest.page.setViewport({ width: 390, height: 844 });
  await guest.click('chat-only');
  await guest.sees('no film', (v) => Number.isNaN(v.duration) || v.duration === null);
  await guest.say('on the sofa');
  await host.click('chat');
  await host.reads('on the sofa');
  await guest.page.screenshot({ path: path.join(dir, 'chat-only.png') });
  await guest.click('show-film');
  await guest.watches();
});

for (const browser of ['chrome', 'firefox']) {
  scene(`words from right to left stand where their readers look for them (${browser})`, async (s) => {
    const server = await s.server();
    const { host, link } = await s.host(server);
    const guest = await s.guest(link, { name: 'ليلى', browser });
    await host.reads('ليلى');
    const said = ['שלום, Ana! 12:03?', 'مرحبا (hello).', 'left to right: שלום.'];
    for (const text of said) {
      await guest.say(text);
      await host.reads(text);
    }
    for (const v of [host, guest]) {
      const found = await v.page.evaluate(() => {
        const rect = (node) => {
          const range = document.createRange();
          range.selectNodeContents(node);
          return range.getBoundingClientRect();
        };
        const near = (a, b) => Math.abs(a - b) < 3;
        return [...document.querySelectorAll('.m')].map((m) => {
          const words = m.querySelector('p');
          const p = words.getBoundingClientRect();
          // Where the last sign is drawn: at the line's end, which is its left if it goes from right to left.
          const last = document.createTreeWalker(words, NodeFilter.SHOW_TEXT);
          let node = null;
          while (last.nextNode()) node = last.currentNode;
          const range = document.createRange();
          range.setStart(node, node.length - 1);
          range.setEnd(node, node.length);
          const [end, all] = [range.getBoundingClientRect(), rect(words)];
          return { dir: getComputedStyle(words).direction, side: near(all.right, p.right) ? 'right' : near(all.left, p.left) ? 'left' : '', ends: near(end.left, all.left) ? 'left' : near(end.right, all.right) ? 'right' : '' };
        });
      });
      assert.deepEqual(found, [
        { dir: 'rtl', side: 'right', ends: 'left' }, { dir: 'rtl', side: 'right', ends: 'left' }, { dir: 'ltr', side: 'left', ends: 'right' },
      ], `${v.name} reads them`);
    }
    // A name that goes the other way turns nothing round in a sentence of the page.
    const order = await host.page.evaluate(() => {
      const line = [...document.querySelectorAll('.ev span')].find((el) => el.textContent.includes('ليلى')).firstChild;
      const at = (i) => {
        const range = document.createRange();
        range.setStart(line, i);
        range.setEnd(line, i + 1);
        return range.getBoundingClientRect().left;
      };
      return at(line.data.indexOf('took')) > at(line.data.indexOf('ل'));
    });
    assert.ok(order, 'the name comes first, then what was done');
    // And what is being written is drawn as it will be read.
    await guest.page.focus('#chat-input');
    await guest.page.keyboard.type('שלום');
    assert.equal(await guest.page.$eval('#chat-input', (i) => getComputedStyle(i).direction), 'rtl');
  });
}
