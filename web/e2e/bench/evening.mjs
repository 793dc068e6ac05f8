// One evening in real browsers, the same for every system: starts and pauses, then the film runs for a while.
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { setTimeout as wait } from 'node:timers/promises';
import { root } from '../films.mjs';
import { Program } from '../processes.mjs';
import { until } from '../until.mjs';
import { bits, cell, fps } from './film.mjs';
import { truthOf } from './figures.mjs';

const sampler = readFileSync(path.join(path.dirname(fileURLToPath(import.meta.url)), 'sampler.js'), 'utf8');

/** The bench's host: our party behind an impaired network, the true clock, and the other rule. */
export class Host {
  static async start({ condition, seed, signaling, film, file, seconds }) {
    const h = new Host();
    h.program = new Program(path.join(root, 'bin/benchhost'), ['-condition', condition, '-seed', `${seed}`,
      '-signaling', signaling, '-film', film, '-file', file, '-length', `${seconds}s`]);
    [, h.address, h.invitation] = await h.program.prints(/bench (\S+) invitation (\S+)/);
    return h;
  }
  async get(what) { return (await fetch(`http://${this.address}${what}`)).json(); }
  async post(what) { return (await fetch(`http://${this.address}${what}`, { method: 'POST' })).json(); }
  end() { return this.program.kill(); }
}

export async function probe(condition, seed) {
  const p = new Program(path.join(root, 'bin/benchhost'), ['-condition', condition, '-seed', `${seed}`, '-probe']);
  await p.ended;
  return JSON.parse(p.output);
}

/** Gives a visitor's page the sampler, before any of its own scripts. */
export async function prepare(visitor) {
  if (visitor.sampled) await visitor.page.removeScriptToEvaluateOnNewDocument(visitor.sampled);
  const { identifier } = await visitor.page.evaluateOnNewDocument(`(${sampler})(${cell}, ${bits}, ${fps})`);
  visitor.sampled = identifier;
}

/** What a page noted, emptied. */
export const notes = (visitor) => visitor.page.evaluate(() => {
  const { cal, positions, frames, events, view, quality } = globalThis.bench;
  const q = quality?.();
  return { cal, positions, frames, events, sync: view?.sync ?? null, firefox: navigator.userAgent.includes('Firefox'),
    dropped: q ? q.droppedVideoFrames : 0, shown: q ? q.totalVideoFrames : 0 };
});

/**
 * drive: { do(what, to) -> {at}, timeline() -> {at, position, rate} }. The film is started `starts` times, every other
 * time after a seek, and runs for `play` seconds each, the last time for `last`. What a rule makes of its clock is
 * settled anew at every start, so the calm time of each counts: from `settle` seconds after it on. Returns the moments
 * of all that was done, and what each page noted.
 */
export async function evening(visitors, drive, { starts, settle, play, last }) {
  const began = [];
  const paused = [];
  for (let k = 0; k < starts; k++) {
    if (k % 2 === 1) {
      await drive.do('seek', 20 + 7 * k);
      await wait(900);
    }
    const { at } = await drive.do('play');
    const timeline = await until('the film is to play', async () => {
      const t = await drive.timeline();
      return t.rate !== 0 && t;
    });
    const length = 1000 * (k === starts - 1 ? last : play);
    began.push({ asked: at, timeline, from: timeline.at + settle * 1000, to: timeline.at + length });
    await wait(length + 700); // no rule's lead is longer
    paused.push((await drive.do('pause')).at);
    await wait(1200);
  }
  const pages = await Promise.all(visitors.map(notes));
  return { began, paused, pages };
}

/** How long after it was asked for each page stood still, in ms. */
export function pauses({ paused, pages }) {
  return paused.flatMap((asked) => pages.map((p) => {
    const truth = truthOf(p);
    const event = p.events.find(([kind, at]) => kind === 'pause' && truth(at) >= asked - 5);
    return event ? truth(event[1]) - asked : NaN;
  }));
}
