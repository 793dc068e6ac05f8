// The border between the page and the peer: every intent, and the view that comes of it. Two peers live in one page,
// spoken to as the page speaks to its own (web/src/peer.ts), so no part of the page's screens is in between.
import assert from 'node:assert/strict';
import { setTimeout as pause } from 'node:timers/promises';
import { scene } from './scene.mjs';
import { until } from './until.mjs';

async function pair(s) {
  const server = await s.server();
  const { host: visitor } = await s.host(server); // its page has started the wasm
  const { page } = visitor;
  await page.evaluate((signaling) => {
    window.people = {};
    window.open2 = (id, role, invitation) => {
      const me = { views: 0 };
      window.people[id] = me;
      me.peer = globalThis.toile({
        role, signaling, invitation, name: id, hue: 22, apply() {},
        media: role === 'host' ? { kind: 'url', url: 'https://films.example/a.mp4', title: 'A', name: '', size: 0, duration: 600 } : null,
        show(v) { me.view = v; me.views++; },
      });
    };
  }, `${server.url.replace('http', 'ws')}/ws`);
  const person = (id) => ({
    id,
    do: (intent) => page.evaluate((id, i) => window.people[id].peer.do(i), id, intent),
    view: () => page.evaluate((id) => window.people[id].view, id),
    async sees(what, ok) {
      let v;
      await until(`${id} sees ${what}`, async () => { v = await this.view(); return v && ok(v); }, { describe: async () => JSON.stringify(v) });
      return v;
    },
    open: (role, invitation) => page.evaluate((id, role, inv) => window.open2(id, role, inv), id, role, invitation),
  });
  const ana = person('Ana');
  await ana.open('host', '');
  const { invitation } = await ana.sees('an open room', (v) => v.phase === 'theatre' && v.server === 'connected');
  return { page, person, ana, invitation };
}

const of = (v, name) => v.people.find((p) => p.name === name);
const last = (v) => v.lines.at(-1);

scene('every intent comes back as a view', async (s) => {
  const { page, person, ana, invitation } = await pair(s);
  const luc = person('Luc');
  await luc.open('guest', invitation);
  await luc.sees('the lobby', (v) => v.phase === 'lobby');
  await luc.do({ type: 'join', name: 'Luc', hue: 205 });
  await luc.sees('the theatre', (v) => v.phase === 'theatre' && v.people.length === 2);

  await luc.do({ type: 'device', kind: 'phone' });
  await ana.sees('a phone', (v) => of(v, 'Luc')?.device === 'phone');
  await luc.do({ type: 'ask-remote', on: true });
  const asked = await ana.sees('a wish for the remote', (v) => of(v, 'Luc').asks);
  const id = of(asked, 'Luc').id;
  await ana.do({ type: 'grant', id, on: true });
  await luc.sees('the remote', (v) => v.may.drive && v.rules.drive === 'chosen' && of(v, 'Luc').drives && !of(v, 'Luc').asks);
  await luc.do({ type: 'seek', position: 300 });
  await ana.sees('a way back', (v) => v.undo?.position === 0 && v.timeline.position === 300);
  await luc.do({ type: 'undo' });
  await ana.sees('the film where it was', (v) => v.undo === null && v.timeline.position === 0);

  await ana.do({ type: 'say', text: 'who?' });
  const line = last(await luc.sees('a question', (v) => last(v)?.text === 'who?'));
  await luc.do({ type: 'typing', on: true });
  await ana.sees('Luc typing', (v) => of(v, 'Luc').typing);
  await luc.do({ type: 'say', text: 'me', reply: line.seq });
  const answer = last(await ana.sees('an answer', (v) => last(v)?.text === 'me'));
  assert.equal(answer.reply, line.seq);
  await ana.sees('Luc no longer typing', (v) => !of(v, 'Luc').typing);
  await luc.do({ type: 'erase', seq: answer.seq });
  await ana.sees('an erased line', (v) => last(v).erased && last(v).text === '');
  await luc.do({ type: 'react', emoji: '🔥' });
  const [mine, theirs] = await Promise.all([luc, ana].map(async (p) => (await p.sees('a reaction', (v) => v.reactions.length === 1)).reactions[0]));
  assert.equal(theirs.emoji, '🔥');
  assert.equal(theirs.name, 'Luc');
  assert.ok(Math.abs(mine.at - theirs.at) < 20, `one page, one clock: ${mine.at} and ${theirs.at}`);
  await luc.do({ type: 'rename', name: 'Lucien', hue: 142 });
  await ana.sees('a new name', (v) => of(v, 'Lucien')?.hue === 142 && last(v).kind === 'renamed' && last(v).text === 'Lucien');

  await ana.do({ type: 'check', on: true });
  await luc.sees('a question whether it is ready', (v) => v.check?.by === 1 && of(v, 'Ana').ready);
  await luc.do({ type: 'ready', on: true });
  const { countdown } = await luc.sees('a countdown', (v) => v.check === null && v.countdown !== null);
  assert.ok(countdown.at > await page.evaluate(() => performance.now()));
  await pause(200); // a wish within 150 ms of Luc's undo would count as made without knowledge of it
  await ana.do({ type: 'pause' });
  await luc.sees('it called off', (v) => v.countdown === null && v.timeline.rate === 0);
  await luc.do({ type: 'countdown', seconds: 1 });
  await ana.sees('the film run', (v) => v.timeline.rate === 1 && v.countdown === null);

  await ana.do({ type: 'mute', id, on: true });
  await luc.sees('itself muted', (v) => !v.may.chat && of(v, 'Lucien').muted && last(v).kind === 'muted');
  await ana.do({ type: 'mute', id, on: false });
  await ana.do({ type: 'rules', rules: { drive: 'host', wait: 'never', muted: true, approve: true } });
  const { rules } = await luc.sees('new rules', (v) => v.rules.muted);
  assert.deepEqual(rules, { drive: 'host', wait: 'never', locked: false, approve: true, muted: true });
  await luc.sees('itself without voice and remote', (v) => !v.may.chat && !v.may.drive);
  await ana.do({ type: 'clear' });
  await luc.sees('an empty chat', (v) => v.lines.every((l) => l.kind !== 'text') && last(v).kind === 'cleared');

  const zoe = person('Zoé');
  await zoe.open('guest', invitation);
  await zoe.sees('the lobby', (v) => v.phase === 'lobby');
  await zoe.do({ type: 'join', name: 'Zoé', hue: 48 });
  await zoe.sees('the door', (v) => v.phase === 'knocking' && v.media === null);
  const { knocking } = await ana.sees('Zoé at the door', (v) => v.knocking.length === 1);
  assert.deepEqual(knocking, [{ id: knocking[0].id, name: 'Zoé', hue: 48 }]);
  await ana.do({ type: 'admit', id: knocking[0].id, on: true });
  await zoe.sees('the film', (v) => v.phase === 'theatre' && v.media?.title === 'A');
  await ana.do({ type: 'new-link' });
  await luc.sees('a line about it', (v) => last(v).kind === 'rules' && last(v).text === 'new-link');
  const replaced = (await zoe.sees('another invitation', (v) => v.invitation !== invitation)).invitation;
  await ana.do({ type: 'kick', id });
  await luc.sees('the end', (v) => v.phase === 'ended' && v.code === 'kicked');
  const changed = await zoe.sees('yet another invitation', (v) => v.invitation !== replaced);
  assert.equal(changed.invitation, (await ana.view()).invitation);
});
