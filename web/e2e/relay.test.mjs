// Two people whose networks let nothing through to one another: the browsers may use nothing but the relay that the server
// names. The relay is a real one, and asks for the credentials that the server made.
import assert from 'node:assert/strict';
import { scene } from './scene.mjs';
import { skew } from './visitor.mjs';

/** Somebody whose browser tells of no address but a relay's, nor uses one. */
async function confined(s, url, options) {
  const v = await s.visitor('about:blank', options);
  await v.page.evaluateOnNewDocument(() => {
    const Real = RTCPeerConnection;
    window.links = [];
    window.RTCPeerConnection = class extends Real {
      constructor(config) {
        super({ ...config, iceTransportPolicy: 'relay' });
        window.links.push(this);
      }
    };
  });
  await v.goto(url);
  return v;
}

/** What kind of candidate each open link of a page goes out by. */
function ways(v) {
  return v.page.evaluate(() => Promise.all(window.links.filter((l) => l.connectionState === 'connected').map(async (link) => {
    const stats = [...(await link.getStats()).values()];
    const chosen = stats.find((x) => x.type === 'transport')?.selectedCandidatePairId;
    const pair = stats.find((x) => x.type === 'candidate-pair' && (x.id === chosen || x.selected || (!chosen && x.nominated && x.state === 'succeeded')));
    return stats.find((x) => x.id === pair?.localCandidateId)?.candidateType;
  })));
}

for (const browser of ['chrome', 'firefox']) {
  scene(`a party comes about over the relay that the server names (${browser})`, async (s) => {
    const relay = await s.relay();
    const server = await s.server(undefined, relay.flags);
    const host = await confined(s, server.url);
    const link = await host.openParty();
    const guest = await confined(s, link, { name: 'Luc', browser });
    await guest.takeSeat();
    await host.click('play');
    await Promise.all([host.watches(), guest.watches()]);
    await guest.say('through the keyhole');
    await host.reads('through the keyhole');
    await host.say('and back');
    await guest.reads('and back');
    assert.deepEqual([await ways(host), await ways(guest)], [['relay'], ['relay']]);
    for (const v of [host, guest]) {
      await v.click('people');
      await v.find('relayed'); // beside Luc's name
    }
    assert.match(await guest.text('connection'), /Relayed/);
    const behind = await skew(host, guest);
    assert.ok(Math.abs(behind) < 50, `the guest is ${behind} ms behind`);
    const carried = await relay.carried();
    assert.ok(carried.allocations >= 2 && carried.bytes > 10_000, `the relay has carried ${JSON.stringify(carried)}`);
    await host.click('play');
    await guest.sees('the pause', (v) => v.paused);
  });
}

scene('without a relay they are told what to do', async (s) => {
  const server = await s.server();
  const host = await confined(s, server.url);
  const guest = await confined(s, await host.openParty(), { name: 'Luc', lang: 'fr' });
  await guest.told(/L’hôte est hors d’atteinte|pare-feu/, { within: 90_000 });
  assert.equal(await guest.phase(), 'ended');
});
