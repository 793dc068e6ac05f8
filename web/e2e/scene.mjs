// A scene is one test with its server and its people. It ends what it started, and every page must end without a
// complaint in its console: an error that nobody sees is still an error.
import assert from 'node:assert/strict';
import { mkdirSync } from 'node:fs';
import path from 'node:path';
import test from 'node:test';
import { longFilm, root } from './films.mjs';
import { startNative, startRelay, startServer } from './processes.mjs';
import { Visitor } from './visitor.mjs';

export function scene(name, play, { film = longFilm } = {}) {
  test(name, { timeout: 240_000 }, async () => {
    const s = new Scene(film());
    try {
      await play(s);
      for (const v of s.visitors) assert.deepEqual(v.complaints, [], `${v.name}'s console`);
    } catch (error) {
      error.message += await s.record(name);
      throw error;
    } finally {
      await s.end();
    }
  });
}

class Scene {
  visitors = [];
  programs = [];
  constructor(film) { this.film = film; }

  async server(port, flags) {
    const server = await startServer(this.film, port, flags);
    this.programs.push(server);
    return server;
  }
  async relay() {
    const relay = await startRelay();
    this.programs.push(relay);
    return relay;
  }
  native(...args) {
    const program = startNative(...args);
    this.programs.push(program);
    return program;
  }
  async visitor(url, options) {
    const v = await Visitor.open(url, options);
    this.visitors.push(v);
    return v;
  }
  /** A host in the theatre, and the link that brings others. */
  async host(server, { url, file, ...options } = {}) {
    const host = await this.visitor(server.url, { name: 'Ana', ...options });
    const link = await host.openParty({ url, file });
    return { host, link };
  }
  /** A guest in the theatre. */
  async guest(link, options) {
    const guest = await this.visitor(link, { name: 'Luc', ...options });
    await guest.takeSeat();
    return guest;
  }
  /** A guest's browser is closed as a person closes it. */
  async leave(visitor) {
    this.visitors = this.visitors.filter((v) => v !== visitor);
    await visitor.page.close({ runBeforeUnload: false });
    await visitor.close();
  }

  async record(name) {
    const dir = path.join(root, 'out', 'e2e');
    mkdirSync(dir, { recursive: true });
    const notes = [];
    for (const [i, v] of this.visitors.entries()) {
      const shot = path.join(dir, `${name.replace(/\W+/g, '-')}-${i + 1}.png`);
      await v.page.screenshot({ path: shot, timeout: 5000 }).catch(() => {});
      notes.push(await v.describe());
    }
    for (const p of this.programs) if (p.output) notes.push(`${p.child.spawnargs.join(' ')}\n${p.output.slice(-3000)}`);
    return `\n\n${notes.join('\n\n')}`;
  }
  async end() {
    await Promise.allSettled(this.visitors.map((v) => v.close()));
    await Promise.allSettled(this.programs.map((p) => p.kill('SIGKILL')));
  }
}
