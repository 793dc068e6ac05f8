// A person at WebKitGTK, driven by its own WebDriver (https://www.w3.org/TR/webdriver2/): puppeteer does not speak it. It has
// no WebRTC, so what can be seen here is a host's room before anybody comes.
import { once } from 'node:events';
import { existsSync, readdirSync } from 'node:fs';
import http from 'node:http';
import net from 'node:net';
import path from 'node:path';
import { freePort, Program } from './processes.mjs';
import { until } from './until.mjs';

/** What is not here of what the tests need (.ci/install has the packages), in words; '' if everything is. */
export function lacking() {
  const dirs = (process.env.PATH ?? '').split(path.delimiter);
  const lacks = ['WebKitWebDriver', 'Xvfb'].filter((name) => !dirs.some((dir) => existsSync(path.join(dir, name))));
  if (!miniBrowser()) lacks.push('MiniBrowser');
  return lacks.length > 0 && `${lacks.join(', ')} is not installed here`;
}

/** WebKit's own small browser lies beside the library, in a folder named by the machine and the library's version. */
function miniBrowser() {
  for (const dir of ['/usr/lib', '/usr/libexec']) {
    if (!existsSync(dir)) continue;
    for (const machine of ['.', ...readdirSync(dir).filter((name) => name.includes('-linux-'))]) {
      for (const api of ['4.1', '4.0', '6.0']) {
        const file = path.join(dir, machine, `webkit2gtk-${api}`, 'MiniBrowser');
        if (existsSync(file)) return file;
      }
    }
  }
  return '';
}

// Served from the page's own site, so that its content security policy is kept as it is.
const eyes = `
  window.complaints = [];
  addEventListener('error', (e) => complaints.push(e.message ?? 'not loaded: ' + e.target.outerHTML), true);
  addEventListener('unhandledrejection', (e) => complaints.push(String(e.reason)));
  addEventListener('securitypolicyviolation', (e) => complaints.push(e.violatedDirective + ' ' + e.blockedURI));`;
// Nobody joins, so nothing more than its being there is asked of it.
const rtc = 'globalThis.RTCPeerConnection ??= class RTCPeerConnection extends EventTarget { close() {} };';

/** A door before the server that adds the eyes to the page, and a WebRTC where the browser has none. Returns its address. */
export async function openDoor(server, { withRTC }) {
  const inner = new URL(server.url);
  const door = http.createServer((request, answer) => {
    if (request.url === '/eyes.js') {
      answer.writeHead(200, { 'content-type': 'text/javascript' }).end(eyes + (withRTC ? rtc : ''));
      return;
    }
    const page = request.url === '/';
    const headers = page ? { ...request.headers, 'accept-encoding': 'identity' } : request.headers;
    const ask = http.request({ host: inner.hostname, port: inner.port, path: request.url, method: request.method, headers }, async (got) => {
      if (!page) {
        answer.writeHead(got.statusCode, got.headers);
        got.pipe(answer);
        return;
      }
      const html = (await got.setEncoding('utf8').toArray()).join('');
      const { 'content-length': _, etag: __, ...rest } = got.headers;
      answer.writeHead(got.statusCode, rest).end(html.replace('<head>', '<head><script src="/eyes.js"></script>'));
    });
    ask.on('error', () => answer.destroy());
    request.pipe(ask);
  });
  door.on('upgrade', (request, socket, head) => {
    const on = net.connect(inner.port, inner.hostname, () => {
      const headers = request.rawHeaders.map((h, i) => i % 2 ? `: ${h}\r\n` : h).join('');
      on.write(`${request.method} ${request.url} HTTP/1.1\r\n${headers}\r\n`);
      on.write(head);
      socket.pipe(on).pipe(socket);
    });
    on.on('error', () => socket.destroy());
    socket.on('error', () => on.destroy());
  });
  door.listen(0, '127.0.0.1').unref();
  await once(door, 'listening');
  return `http://127.0.0.1:${door.address().port}`;
}

export class WebKit {
  #programs = [];
  #driver;
  #session = '';

  static async open() {
    const w = new WebKit();
    try {
      await w.#start();
    } catch (error) {
      error.message += w.#programs.map((p) => `\n${p.output}`).join('');
      await w.close();
      throw error;
    }
    return w;
  }

  async #start() {
    const screen = this.#run('Xvfb', ['-displayfd', '1', '-screen', '0', '1920x1200x24', '-nolisten', 'tcp']);
    const [display] = await screen.prints(/^\d+(?=\n)/m);
    const port = await freePort();
    this.#run('WebKitWebDriver', [`--port=${port}`], {
      DISPLAY: `:${display}`, LIBGL_ALWAYS_SOFTWARE: '1',
      ...(process.getuid() === 0 && { WEBKIT_DISABLE_SANDBOX_THIS_IS_DANGEROUS: '1' }), // root in a container, as for Chromium
    });
    this.#driver = `http://127.0.0.1:${port}`;
    await until('WebKit\'s driver answers', async () => (await fetch(`${this.#driver}/status`)).ok);
    const { sessionId } = await this.#ask('POST', '/session', {
      capabilities: { alwaysMatch: { 'webkitgtk:browserOptions': { binary: miniBrowser(), args: ['--automation'] } } },
    });
    this.#session = `/session/${sessionId}`;
  }
  #run(command, args, env) {
    const program = new Program(command, args, env);
    this.#programs.push(program);
    return program;
  }

  async #ask(method, what, body) {
    const answer = await fetch(`${this.#driver}${what}`, { method, body: body && JSON.stringify(body) });
    const { value } = await answer.json();
    if (value?.error) throw new Error(`${method} ${what}: ${value.error} ${value.message}`);
    return value;
  }

  goto(url) { return this.#ask('POST', `${this.#session}/url`, { url }); }
  /** Runs a function in the page. */
  evaluate(f, ...args) { return this.#ask('POST', `${this.#session}/execute/sync`, { script: `return (${f}).apply(null, arguments)`, args }); }
  resize(width, height) { return this.#ask('POST', `${this.#session}/window/rect`, { width, height }); }

  async #element(selector) {
    return Object.values(await this.#ask('POST', `${this.#session}/element`, { using: 'css selector', value: selector }))[0];
  }
  /** A real click, once the element is there; it is what lets a film sound. */
  async click(name) {
    await until(`${name} is there`, async () => {
      await this.#ask('POST', `${this.#session}/element/${await this.#element(`[data-test="${name}"]`)}/click`, {});
      return true;
    }, { describe: () => this.describe() });
  }
  async type(name, text) {
    await this.#ask('POST', `${this.#session}/element/${await this.#element(`[data-test="${name}"]`)}/value`, { text });
  }
  /** Waits until f gives something true in the page, and returns it. */
  sees(what, f, ...args) { return until(`WebKit sees: ${what}`, () => this.evaluate(f, ...args), { describe: () => this.describe() }); }

  async describe() {
    try {
      return JSON.stringify(await this.evaluate(() => {
        const v = document.querySelector('video');
        return { phase: document.documentElement.dataset.phase, complaints: window.complaints, text: document.body.innerText.slice(0, 800),
          video: v && { time: v.currentTime, paused: v.paused, ready: v.readyState, network: v.networkState, seeking: v.seeking } };
      }));
    } catch (error) {
      return error.message;
    }
  }

  async close() {
    if (this.#session) await this.#ask('DELETE', this.#session).catch(() => {});
    for (const p of this.#programs.reverse()) await p.kill();
  }
}
