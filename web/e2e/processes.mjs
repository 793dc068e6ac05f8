// The processes of a test: the real signaling server, the native peer, Chromium. Each is ended by its own pid.
import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { accessSync, constants, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { networkInterfaces, tmpdir } from 'node:os';
import net from 'node:net';
import dgram from 'node:dgram';
import path from 'node:path';
import { once } from 'node:events';
import puppeteer from 'puppeteer-core';
import { root } from './films.mjs';
import { until } from './until.mjs';

const running = new Set();
process.on('exit', () => { for (const p of running) p.kill('SIGKILL'); });
for (const signal of ['SIGINT', 'SIGTERM']) process.once(signal, () => process.exit(1));

function mind(child) {
  running.add(child);
  return once(child, 'exit').then(() => { running.delete(child); });
}

/** A child process with all that it printed. */
export class Program {
  constructor(command, args, env = {}) {
    this.output = '';
    this.child = spawn(command, args, { env: { ...process.env, ...env }, stdio: ['pipe', 'pipe', 'pipe'] });
    this.ended = mind(this.child);
    this.child.stdin.on('error', () => {}); // it ended first
    for (const s of [this.child.stdout, this.child.stderr]) {
      s.setEncoding('utf8').on('data', (text) => { this.output += text; });
    }
  }
  /** Types a line. */
  type(line) { this.child.stdin.write(`${line}\n`); }
  /** Waits until it has printed what matches, and returns the match. */
  prints(pattern) { return until(`print ${pattern}`, () => pattern.exec(this.output), { describe: () => this.output }); }
  async kill(signal = 'SIGTERM') {
    this.child.kill(signal);
    await this.ended;
  }
}

/** The signaling server with the page inside it. The film is what it offers as its sample. */
export async function startServer(film, port, more = []) {
  port ??= await freePort();
  const program = new Program(path.join(root, 'bin/signaling'),
    ['-listen', `127.0.0.1:${port}`, '-stun', `127.0.0.1:${await freeUDPPort()}`, '-sample', film, ...more]);
  program.port = port;
  program.url = `http://127.0.0.1:${port}`;
  await until('the server answers', async () => (await fetch(`${program.url}/healthz`)).ok, { describe: () => program.output });
  return program;
}

/** A relay (TURN), with the flags by which a server names it. */
export async function startRelay() {
  // A browser that is not on the loopback itself may not send there.
  const outward = Object.values(networkInterfaces()).flat().find((a) => a.family === 'IPv4' && !a.internal);
  const secret = path.join(mkdtempSync(path.join(tmpdir(), 'toile-relay-')), 'secret');
  writeFileSync(secret, randomBytes(24).toString('base64url'), { mode: 0o600 });
  const program = new Program(path.join(root, 'bin/relay'), ['-listen', `${outward?.address ?? '127.0.0.1'}:0`, '-secret', secret]);
  program.ended.then(() => rmSync(path.dirname(secret), { recursive: true, force: true }));
  const [url] = await program.prints(/^turn:\S+$/m);
  program.flags = ['-turn', url, '-turn-secret', secret];
  program.carried = async () => {
    const had = program.output.length;
    program.type('');
    return JSON.parse(await until('the relay answers', () => /^\{.*\}$/m.exec(program.output.slice(had))?.[0]));
  };
  return program;
}

export function startNative(...args) {
  return new Program(path.join(root, 'bin/toile'), args, { LANG: 'en_US.UTF-8', LC_ALL: 'en_US.UTF-8' });
}

/**
 * A browser of its own for each person: tabs of one window would be throttled. thrifty: it saves what a hidden tab costs,
 * as people's browsers do and a test's does not.
 */
export async function startBrowser(name, lang, { thrifty = false } = {}) {
  const browser = await launch(name, lang, thrifty);
  browser.gone = mind(browser.process());
  return browser;
}

function launch(browser, lang, thrifty) {
  const common = { browser, headless: true, defaultViewport: { width: 1280, height: 800 } };
  if (browser === 'firefox') {
    return puppeteer.launch({
      ...common,
      executablePath: find('firefox-esr', 'firefox'),
      extraPrefsFirefox: { 'intl.accept_languages': lang },
    });
  }
  return puppeteer.launch({
    ...common,
    executablePath: find('chromium', 'chromium-browser', 'google-chrome'),
    ignoreDefaultArgs: thrifty && ['--disable-background-timer-throttling', '--disable-backgrounding-occluded-windows', '--disable-renderer-backgrounding'],
    // Named by their reason: root in a container; no GPU there; and nothing that talks to the outside by itself.
    args: [...(process.getuid() === 0 ? ['--no-sandbox'] : []), '--disable-gpu', '--disable-quic', '--no-first-run',
      '--disable-background-networking', '--disable-component-update', '--disable-sync',
      '--mute-audio', `--lang=${lang}`, `--accept-lang=${lang}`],
  });
}

function find(...names) {
  for (const dir of (process.env.PATH ?? '').split(path.delimiter)) {
    for (const name of names) {
      const file = path.join(dir, name);
      try {
        accessSync(file, constants.X_OK);
        return file;
      } catch { /* not here */ }
    }
  }
  throw new Error(`install one of ${names.join(', ')}`);
}

export async function freePort() {
  const server = net.createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address();
  server.close();
  await once(server, 'close');
  return port;
}

async function freeUDPPort() {
  const socket = dgram.createSocket('udp4').bind(0, '127.0.0.1');
  await once(socket, 'listening');
  const { port } = socket.address();
  socket.close();
  await once(socket, 'close');
  return port;
}
