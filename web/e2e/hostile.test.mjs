// What strangers may write, as lines and as names, in real browsers: it is text, it stays in its box, and it does nothing.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { root } from './films.mjs';
import { scene } from './scene.mjs';
import { until } from './until.mjs';

/** The corpus of package wire, but for what no JavaScript string can hold. */
const corpus = readFileSync(path.join(root, 'peer/wire/testdata/hostile.txt'), 'utf8').split('\n')
  .filter((l) => l && !l.startsWith('#')).map((l) => /\t"((?:[^"\\]|\\.)*)"/.exec(l)[1]).filter((s) => !/\\x[89a-f]/.test(s))
  .map((s) => s.replace(/\\(?:U(\w{8})|u(\w{4})|x(\w{2})|(.))/g, (_, U, u, x, c) => c ? { n: '\n', r: '\r', t: '\t' }[c] ?? c
    : String.fromCodePoint(parseInt(U ?? u ?? x, 16))));

const more = [
  '"><svg onload=alert(1)>', '<script>alert(1)</script>', '</textarea><style>*{display:none}</style>', '{{constructor.constructor("alert(1)")()}}',
  'javascript:alert(1)', 'https://films.example/"onmouseover="alert(1)', 'https://films.example/\u202egpj.exe', 'data:text/html,<script>alert(1)</script>',
  'W'.repeat(500), 'a\n'.repeat(250), '\u0634'.repeat(300), '\ufdfd'.repeat(100), '𒐫'.repeat(100), '👩‍👩‍👧‍👦'.repeat(40),
];

/** The host's own words have no limit of rate, so that an evening of them is said in seconds. */
async function speaker(s, server) {
  const { host } = await s.host(server); // its page has started the wasm
  await host.page.evaluate((signaling) => {
    window.peer2 = globalThis.toile({
      role: 'host', signaling, invitation: '', room: '', name: 'Eve', hue: 22, media: null, apply() {}, show(v) { window.view2 = v; },
    });
  }, `${server.url.replace('http', 'ws')}/ws`);
  await until('the room is open', () => host.page.evaluate(() => window.view2?.server === 'connected'));
  return host;
}

for (const browser of ['chrome', 'firefox']) {
  scene(`hostile lines and names are text in their boxes (${browser})`, async (s) => {
    assert.ok(corpus.length > 40);
    const server = await s.server();
    const { page } = await speaker(s, server);
    const link = `${server.url}/#${await page.evaluate(() => window.view2.invitation)}`;
    const guest = await s.guest(link, { browser });
    await guest.page.evaluate(() => { window.alert = () => { window.pwned = true; }; });
    for (const text of [...corpus, ...more]) {
      await page.evaluate((text) => {
        window.peer2.do({ type: 'say', text });
        window.peer2.do({ type: 'rename', name: text, hue: 22 });
      }, text);
    }
    await page.evaluate(() => window.peer2.do({ type: 'say', text: 'that was all' }));
    await guest.reads('that was all');

    const lines = await page.evaluate(() => window.view2.lines.filter((l) => l.kind === 'text').map((l) => l.text));
    assert.ok(lines.length > 45, `${lines.length} lines were said`);
    const plain = (t) => t.replace(/\s+/g, ' ').trim();
    const found = await guest.page.evaluate(() => {
      const panel = document.querySelector('aside.chat').getBoundingClientRect();
      return [...document.querySelectorAll('[data-test=chat-line]')].map((el) => {
        const box = el.getBoundingClientRect();
        return {
          text: el.querySelector('p')?.textContent, height: box.height,
          out: Math.max(0, panel.left - box.left, box.right - panel.right, el.scrollWidth - el.clientWidth),
          tags: [...new Set([...el.querySelectorAll('*')].map((e) => e.localName))], nodes: el.querySelectorAll('*').length,
          bad: [...el.querySelectorAll('*')].flatMap((e) => [...e.attributes]).filter((a) => /^on/i.test(a.name) || /^(javascript|data):/i.test(a.value)).map((a) => `${a.name}=${a.value}`),
        };
      });
    });
    const shown = found.filter((l) => l.text !== undefined);
    assert.deepEqual(shown.map((l) => plain(l.text)), lines.map(plain), 'what was said is shown as it was said');
    const ours = new Set(['a', 'b', 'bdi', 'button', 'circle', 'i', 'li', 'line', 'p', 'path', 'polyline', 'rect', 'small', 'span', 'svg', 'time']);
    for (const l of found) {
      const what = JSON.stringify(l);
      assert.deepEqual(l.tags.filter((t) => !ours.has(t)), [], `elements that the page did not make: ${what}`);
      assert.deepEqual(l.bad, [], what);
      assert.ok(l.nodes < 60, `too many elements: ${what}`);
      assert.ok(l.height < 500, `too high: ${what}`);
      assert.ok(l.out < 2, `wider than the chat: ${what}`);
    }
    assert.equal(await guest.page.evaluate(() => window.pwned), undefined);
    assert.ok(await guest.page.evaluate(() => document.documentElement.scrollWidth <= innerWidth), 'the page is no wider than its window');
    await guest.click('people');
    for (const name of await guest.people()) assert.ok(!/[\u202a-\u202e\u2066-\u2069\n]/.test(name.replace(/[\u2068\u2069]/g, '')), name);
  });
}
