// What a host decides on the page, and how two guests in browsers of their own see it: the door, the remote, the chat, the
// ready check and its countdown, a name that changes, a kick.
import assert from 'node:assert/strict';
import { scene } from './scene.mjs';
import { until } from './until.mjs';

/** Without the marks that keep names apart from the sentence round them, and on one line. */
const plain = (text) => (text ?? '').replace(/[\u2068\u2069]/g, '').replace(/\s+/g, ' ');
/** Waits until a person has read a line in the chat. */
const reads = (v, text) => until(`${v.name} reads "${text}"`, async () => (await v.lines()).some((l) => plain(l).includes(text)), { describe: () => v.describe() });
/** Waits until an element's text is as expected. */
const says = (v, name, pattern) => until(`${v.name}'s ${name} says ${pattern}`, async () => pattern.test(plain(await v.text(name))), { describe: () => v.describe() });
const gone = (v, name) => until(`${v.name}'s ${name} is gone`, async () => !await v.shows(name), { describe: () => v.describe() });
/** Somebody's line in the roster. */
const line = (v, who) => until(`${v.name} sees ${who}`, async () => (await v.people()).find((p) => p.includes(who)), { describe: () => v.describe() });

/** Opens the host's menu for somebody and clicks on one of its entries. */
async function does(host, who, deed) {
  await host.click('people');
  const menu = await host.page.waitForSelector(`${host.at('person-menu')}[aria-label*="${who}"]`, { visible: true });
  if (await menu.evaluate((b) => b.ariaExpanded) !== 'true') await menu.click();
  await host.click(deed);
}

scene('a host passes the remote, mutes, locks, admits, counts down with all, and removes somebody', async (s) => {
  const server = await s.server();
  const { host, link } = await s.host(server);
  const luc = await s.guest(link);

  // The door: who is new knocks, and is let in with one tap over the film.
  await host.click('people');
  await host.click('rules');
  await host.click('rule-approve');
  await reads(luc, 'Newcomers knock');
  await host.click('chat');
  const zoe = await s.visitor(link, { name: 'Zoé' });
  await zoe.reaches('lobby');
  await zoe.fill('name', 'Zoé');
  await zoe.click('take-seat');
  await zoe.reaches('knocking');
  await zoe.find('at-door');
  await says(host, 'knock', /Zoé is at the door/);
  await says(host, 'calls-badge', /1/);
  assert.equal(await luc.shows('knock'), false, 'a guest does not answer the door');
  await host.click('knock-yes');
  await zoe.reaches('theatre');
  await gone(host, 'knock');

  // A lock keeps everybody out, whatever link they hold.
  await host.click('people');
  await host.click('rule-locked');
  await reads(luc, 'locked the door');
  const late = s.native('join', '-name', 'Max', link);
  await late.prints(/locked/);
  await host.click('rule-locked');
  await host.click('rule-approve');
  await reads(luc, 'The door is open again');

  // The remote: refused with words, asked for, given.
  await luc.click('play');
  await until('Luc is told who may', async () => /Only the host may drive/.test(await luc.page.evaluate(() => document.querySelector('.pillbar').innerText)),
    { describe: () => luc.describe() });
  await luc.click('ask-remote');
  await says(host, 'asks', /Luc asks for the remote/);
  await host.click('asks-yes');
  await gone(luc, 'ask-remote');
  await reads(zoe, 'Luc has the remote too');
  await host.find('is-remote');

  // Who is muted is shown as such to everybody.
  await does(host, 'Zoé', 'mute-person');
  await luc.click('people');
  await luc.find('is-muted');
  await says(zoe, 'hush', /The host muted you/);
  assert.equal(await zoe.page.$eval(zoe.at('chat-input'), (i) => i.readOnly), true, 'nothing can be written that would be lost');
  await reads(zoe, 'The host muted Zoé');
  await host.click('mute-person');
  await gone(luc, 'is-muted');
  await zoe.say('merci');
  await reads(luc, 'merci');

  // Luc, who has the remote, asks whether all are ready; the last answer starts the film for all at one instant.
  await luc.click('check');
  for (const v of [host, zoe]) await says(v, 'ready-check', /Luc asks: are you ready\?/);
  await says(luc, 'not-ready', /Ana and Zoé are not ready yet/);
  assert.equal(await zoe.shows('start-anyway'), false, 'who may not drive cannot start it anyway');
  await zoe.click('ready');
  await says(luc, 'not-ready', /Ana is not ready yet/);
  await host.click('ready');
  const starts = await Promise.all([host, luc, zoe].map(async (v) => {
    const el = await v.find('countdown');
    return el.evaluate((e) => Number(e.dataset.at) + performance.timeOrigin);
  }));
  assert.ok(Math.max(...starts) - Math.min(...starts) < 50, `the countdowns end at ${starts}`);
  await Promise.all([host, luc, zoe].map((v) => v.watches()));
  for (const v of [host, luc, zoe]) {
    assert.equal(await v.shows('countdown'), false);
    assert.equal(await v.shows('ready-check'), false);
  }

  // A name changes for everybody, also in the middle of the film.
  await zoe.click('people');
  await zoe.click('me-menu');
  await zoe.fill('my-name', 'Zouzou');
  await zoe.click('my-name-save');
  await Promise.all([host, luc].map((v) => line(v, 'Zouzou')));
  await reads(luc, 'Zoé is now called Zouzou');

  // A kick says what it can do and what not; then the kicked one is out and the others have another link.
  await does(host, 'Zouzou', 'kick');
  const warned = await host.page.waitForSelector('dialog[open]');
  assert.match(await warned.evaluate((d) => d.innerText), /gets the new one[^]*can come in again/);
  await host.click('kick-yes');
  await zoe.reaches('ended');
  await zoe.told(/The host removed you from the party/);
  assert.equal(await zoe.video(), null, 'the film is gone with the party');
  await reads(luc, 'The host removed Zouzou');
  await until('Luc’s link is another', async () => await luc.invitation() !== link, { describe: () => luc.describe() });
  await luc.watches();
});
