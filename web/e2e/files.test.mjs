// Files of one's own: another cut than the host's, a film that no browser here can decode, and what is dropped on the page.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { otherCut, shortFilm, undecodable } from './films.mjs';
import { scene } from './scene.mjs';
import { until } from './until.mjs';

/** Drops a file where an element is, as a person who carries it there. */
async function drop(v, selector, file, type) {
  const bytes = readFileSync(file).toString('base64');
  await v.page.waitForSelector(selector);
  return v.page.evaluate((selector, name, type, bytes) => {
    const carried = new DataTransfer();
    carried.items.add(new File([Uint8Array.from(atob(bytes), (c) => c.charCodeAt(0))], name, { type }));
    const at = document.querySelector(selector);
    // Nobody's answer to a drag or a drop may be left to the browser: it would open the file in the page's place.
    return ['dragenter', 'dragover', 'drop'].map((kind) => !at.dispatchEvent(new DragEvent(kind, { bubbles: true, cancelable: true, dataTransfer: carried })));
  }, selector, path.basename(file), type, bytes);
}

scene('whoever has another cut is told before the film begins, and can choose again or keep it', async (s) => {
  const server = await s.server();
  const { host, link } = await s.host(server, { file: shortFilm() });
  const guest = await s.guest(link);
  await guest.chooseFile(otherCut());
  const told = await until('the guest is told', async () => await guest.shows('mismatch') && guest.text('mismatch'), { describe: () => guest.describe() });
  assert.match(told, /lasts 0:20, the host’s 0:30/);
  assert.equal(await host.shows('mismatch'), false, 'it is the guest\'s to mend');
  await guest.click('keep');
  await until('it is kept', async () => !await guest.shows('mismatch'));
  await host.click('play');
  await Promise.all([host.watches(), guest.watches()]);
  assert.equal(await guest.shows('mismatch'), false, 'and is not told again');
  await host.click('play');

  const late = await s.guest(link, { name: 'Zoé', lang: 'fr' });
  await late.chooseFile(otherCut());
  await until('whoever comes later is told over the film', async () => /0:20.*0:30/s.test(await late.text('mismatch') ?? ''), { describe: () => late.describe() });
  await (await late.page.waitForSelector(`${late.at('mismatch')} input`)).uploadFile(shortFilm());
  await late.sees('the right film', (v) => v.ready >= 2 && Math.abs(v.duration - 30) < 1);
  await until('then there is nothing to be told', async () => !await late.shows('mismatch'), { describe: () => late.describe() });
});

for (const browser of ['chrome', 'firefox']) {
  scene(`a film that cannot be decoded is called so, and another one can be put on (${browser})`, async (s) => {
    const server = await s.server();
    const host = await s.visitor(server.url, { browser });
    await host.begin({ file: undecodable() }); // its sound could be played
    await host.told(/cannot play this film.*format/);
    const guest = await s.visitor(`${server.url}/#${(await host.invitation()).split('#')[1]}`, { name: 'Luc', browser });
    await guest.takeSeat();
    await guest.chooseFile(undecodable());
    await guest.told(/cannot play this film.*format/);
    await host.click('change-film');
    await (await host.page.waitForSelector('dialog[open] [data-test=sample]')).click();
    await host.sees('the film is ready', (v) => v.ready >= 2);
    await host.click('play');
    await Promise.all([host.watches(), guest.watches()]);
  });

  scene(`a film and captions are dropped where they are wanted (${browser})`, async (s) => {
    const server = await s.server();
    const host = await s.visitor(server.url, { browser });
    await host.page.waitForSelector('link[media=all]'); // the theatre's code is on its way
    await until('the entrance takes what is dropped', async () => (await drop(host, '.hero', shortFilm(), 'video/mp4')).slice(1).every(Boolean));
    await until('the dropped film is the one that is chosen', () => host.page.evaluate((name) => document.querySelector('.pick')?.innerText.includes(name), path.basename(shortFilm())));
    await host.click('open-room');
    await host.takeSeat();
    await host.sees('the film is ready', (v) => v.ready >= 2);
    const guest = await s.visitor(await host.invitation(), { name: 'Luc', browser });
    await guest.reaches('lobby');
    assert.deepEqual((await drop(guest, 'body', shortFilm(), 'video/mp4')).slice(1), [true, true], 'nor in the lobby\'s place');
    await guest.takeSeat();
    await guest.find('pick');
    assert.deepEqual((await drop(guest, '.player', shortFilm(), 'video/mp4')).slice(1), [true, true]);
    await guest.sees('their copy is ready', (v) => v.ready >= 2);
    await host.click('play');
    await Promise.all([host.watches(), guest.watches()]);

    assert.deepEqual((await drop(guest, '.log', new URL('./words.srt', import.meta.url).pathname, 'application/x-subrip')).slice(1), [true, true]);
    await until('the dropped words are read', async () => /Regarde-moi/.test(await guest.text('captions') ?? ''), { describe: () => guest.describe() });
    assert.equal(await host.shows('captions'), false, 'they are only for whoever dropped them');
    assert.deepEqual((await drop(guest, '.player', new URL('./scene.mjs', import.meta.url).pathname, 'text/javascript')).slice(1), [true, true], 'and what is neither is not opened in the party\'s place');
    await until('what is neither is called so', () => guest.page.evaluate(() => /not a subtitle file/.test(document.body.innerText)));
    await guest.watches();

    await drop(host, '.player', otherCut(), 'video/mp4');
    const next = await host.page.waitForSelector('dialog[open] .pick .got');
    assert.match(await next.evaluate((el) => el.innerText), new RegExp(path.basename(otherCut())), 'the host is asked first');
    await host.watches();
    await (await host.page.waitForSelector('dialog[open] [data-test=open-room]')).click();
    await host.sees('the dropped film', (v) => Math.abs(v.duration - 20) < 1);
    await guest.find('pick');
    await host.click('change-film');
    await host.page.waitForSelector('dialog[open] .pick', { visible: false });
    assert.equal(await host.page.$('dialog[open] .got'), null, 'and a film that was put on is not chosen still');
  });
}
