// What a host decides, as a guest's browser shows it. The host is a terminal, so that only the guest's page is tried.
import assert from 'node:assert/strict';
import { scene } from './scene.mjs';
import { until } from './until.mjs';

const invitation = /http:\S+#[\w-]{44}/;

async function house(s) {
  const server = await s.server();
  const { sample } = await (await fetch(`${server.url}/config.json`)).json();
  const host = s.native('host', '-server', server.url, '-name', 'Ana', new URL(sample.url, server.url).href);
  return { server, host, link: (await host.prints(invitation))[0] };
}

scene('a kicked guest is out, the others get a new link, and the old one opens nothing', async (s) => {
  const { host, link } = await house(s);
  const luc = await s.guest(link);
  const zoe = await s.guest(link, { name: 'Zoé' });
  assert.equal((await zoe.invitation()).split('#')[1], link.split('#')[1]);
  host.type('/kick Luc');
  await luc.reaches('ended');
  await luc.told(/host removed you/i);
  const fresh = (await host.prints(/new one[^#]*?(http:\S+#[\w-]{44})/))[1];
  assert.notEqual(fresh, link);
  await until('Zoé would copy the new link', async () => (await zoe.invitation()).split('#')[1] === fresh.split('#')[1],
    { describe: () => zoe.describe() });
  host.type('/play');
  await zoe.watches();

  const back = await s.visitor(link, { name: 'Luc' });
  await back.reaches('ended');
  await back.told(/does not know this invitation/i);
  const mia = await s.guest(fresh, { name: 'Mia' });
  await mia.watches();
});

scene('a locked door and a refused knock are told in words', async (s) => {
  const { host, link } = await house(s);
  host.type('/lock');
  await host.prints(/door is locked/);
  const late = await s.visitor(link, { name: 'Luc' });
  await late.reaches('ended');
  await late.told(/door is locked/i);

  host.type('/unlock');
  await host.prints(/open again/);
  host.type('/approve');
  const zoe = await s.visitor(link, { name: 'Zoé' });
  await zoe.reaches('lobby');
  await zoe.fill('name', 'Zoé');
  await zoe.click('take-seat');
  await host.prints(/Zoé knocks/);
  host.type('/refuse');
  await zoe.reaches('ended');
  await zoe.told(/did not let you in/i);
});

scene('a host replaces the link: who is inside has the new one, and the old one opens nothing', async (s) => {
  const server = await s.server();
  const { host, link } = await s.host(server);
  const zoe = await s.guest(link, { name: 'Zoé' });
  await zoe.click('invite');
  await zoe.find('invite-link');
  assert.equal(await zoe.shows('new-link'), false, 'a guest does not replace it');
  await zoe.page.keyboard.press('Escape');
  await host.click('invite');
  await host.click('new-link');
  await host.click('new-link-yes');
  const fresh = await until('the host reads a new link', async () => {
    const now = await host.text('invite-link');
    return now !== link && now;
  }, { describe: () => host.describe() });
  await host.page.keyboard.press('Escape');
  await zoe.reads('The host replaced the invitation');
  assert.equal((await zoe.invitation()), fresh);
  const late = await s.visitor(link, { name: 'Luc' });
  await late.reaches('ended');
  await late.told(/does not know this invitation/i);
  await s.guest(fresh, { name: 'Mia' });
  await zoe.reaches('theatre');
});
