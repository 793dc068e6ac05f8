// One person at a browser: sees the page, clicks on it, and is told what the video really does.
import { until } from './until.mjs';
import { startBrowser } from './processes.mjs';

export class Visitor {
  /** Opens url in a browser of its own. */
  static async open(url, { name = 'Ana', lang = 'en', browser = 'chrome', expects = [], without, thrifty } = {}) {
    const visitor = new Visitor(await startBrowser(browser, lang, { thrifty }), name, expects);
    try {
      visitor.page = patient((await visitor.browser.pages())[0] ?? await visitor.browser.newPage());
      visitor.#listen();
      if (without) await visitor.page.evaluateOnNewDocument((name) => { delete globalThis[name]; }, without);
      await visitor.goto(url);
    } catch (error) {
      await visitor.close();
      throw error;
    }
    return visitor;
  }

  constructor(browser, name, expects) {
    this.browser = browser;
    this.name = name;
    this.expects = expects; // what the console may complain about in this test
    this.complaints = [];
  }

  #listen() {
    this.page.on('pageerror', (e) => this.#complain(`page error: ${e?.stack ?? e}`));
    // Chromium reports violations of the content security policy here too.
    this.page.on('console', (m) => { if (m.type() === 'error') this.#complain(`console: ${m.text()} ${m.location().url ?? ''}`); });
  }
  #complain(text) {
    if (!this.expects.some((e) => e.test(text))) this.complaints.push(text);
  }

  async goto(url) {
    if (url !== 'about:blank') await this.page.goto('about:blank'); // a change of the fragment alone would load nothing
    await this.page.goto(url, { waitUntil: 'domcontentloaded' });
    this.address = url;
  }

  // What is on the page.

  at(name) { return `[data-test="${name}"]`; }
  find(name) { return this.page.waitForSelector(this.at(name), { visible: true }); }
  async shows(name) {
    const el = await this.page.$(this.at(name));
    return el !== null && await el.isVisible();
  }
  /** Clicks where the element is once it stands still: the mouse would meet the neighbour of what still unfolds. */
  async click(name) {
    const el = await this.find(name);
    await el.evaluate(stands);
    await el.click();
  }
  async fill(name, text) {
    const el = await this.find(name);
    await el.click({ count: 3 });
    await el.type(text);
  }
  /** The text of an element, or the value of a field. */
  text(name) {
    return this.page.evaluate((s) => {
      const el = document.querySelector(s);
      return el === null ? null : ((el.localName === 'button' ? undefined : el.value) ?? el.innerText ?? el.textContent).trim();
    }, this.at(name));
  }
  phase() { return this.page.evaluate(() => document.documentElement.dataset.phase ?? ''); }
  async reaches(...phases) {
    await until(`${this.name}'s page is in ${phases.join(' or ')}`, async () => phases.includes(await this.phase()),
      { describe: () => this.describe() });
  }
  /** Everything that the page says outside the chat and the theatre's furniture: notices of all kinds. */
  notices() {
    return this.page.evaluate(() => ['error', 'banner', 'ended', 'host-away']
      .flatMap((n) => [...document.querySelectorAll(`[data-test="${n}"]`)])
      .filter((el) => el.checkVisibility()).map((el) => el.innerText.replace(/\s+/g, ' ').trim()).join(' | '));
  }
  async told(pattern, options) {
    let seen = '';
    await until(`${this.name} is told ${pattern}`, async () => pattern.test(seen = await this.notices()),
      { describe: () => this.describe(), ...options });
    return seen;
  }

  // The party.

  /** Opens a party with the server's sample film, an address or a file, and returns the invitation's link. */
  async openParty({ url, file } = {}) {
    await this.begin({ url, file });
    await this.takeSeat();
    return this.invitation();
  }
  /** Says on the landing page what to watch, and opens the room; what comes of it is another matter. */
  async begin({ url, file } = {}) {
    if (await this.shows('name')) await this.fill('name', this.name);
    if (url !== undefined) {
      await this.fill('source-url', url);
    } else if (file !== undefined) {
      await this.chooseFile(file);
    } else {
      await this.click('sample');
    }
    if (await this.shows('open-room')) await this.click('open-room');
  }
  async chooseFile(file) {
    const input = await this.page.waitForSelector(this.at('source-file'));
    await input.uploadFile(file);
  }
  /** From the lobby, or from a host's room being opened, into the theatre. */
  async takeSeat() {
    let asked = false;
    await until(`${this.name} sits in the theatre`, async () => {
      if (await this.phase() === 'theatre' && !await this.shows('take-seat')) return true;
      if (!asked && await this.shows('take-seat')) {
        if (await this.shows('name') && await this.text('name') !== this.name) await this.fill('name', this.name);
        await this.click('take-seat');
        asked = true; // once: on a slow network the button is still there for a while
      }
      return false;
    }, { describe: () => this.describe() });
  }
  async invitation() {
    if (!await this.shows('invite-link')) await this.click('invite');
    await this.find('invite-link');
    const link = await until('an invitation', async () => /#[\w-]{44}$/.test(await this.text('invite-link')) && this.text('invite-link'));
    await this.page.keyboard.press('Escape');
    await until('the invitation is put away', async () => !await this.shows('invite-link'));
    return link;
  }
  async say(text) {
    await this.fill('chat-input', text);
    await this.click('chat-send');
  }
  lines() {
    return this.page.$$eval(this.at('chat-line'), (els) => els.map((el) => el.innerText.replace(/\s+/g, ' ').trim()));
  }
  async reads(text) {
    await until(`${this.name} reads "${text}"`, async () => (await this.lines()).some((l) => l.includes(text)),
      { describe: () => this.describe() });
  }
  people() {
    return this.page.$$eval(this.at('person'), (els) => els.map((el) => el.innerText.replace(/\s+/g, ' ').trim()));
  }

  // The film.

  /** What the video element really shows. */
  video() {
    return this.page.evaluate(() => {
      const v = document.querySelector('video');
      return v && {
        at: performance.timeOrigin + performance.now(), time: v.currentTime, duration: v.duration, paused: v.paused,
        rate: v.playbackRate, ready: v.readyState, seeking: v.seeking, ended: v.ended, muted: v.muted, volume: v.volume,
        width: v.videoWidth, frames: v.getVideoPlaybackQuality().totalVideoFrames, audio: v.webkitAudioDecodedByteCount,
      };
    });
  }
  /** Waits until the video is as check says. */
  async sees(what, check, options) {
    return until(`${this.name} sees: ${what}`, async () => {
      const v = await this.video();
      return v && check(v) && v;
    }, { describe: () => this.describe(), ...options });
  }
  /** The film runs: time passes, pictures come and sound is decoded. */
  async watches() {
    const was = await this.sees('the film is ready', (v) => v.ready >= 2);
    return this.sees('the film runs, with picture and sound', (v) => !v.paused && !v.muted && v.volume > 0 && v.width > 0 &&
      v.time > was.time + 0.5 && v.frames > was.frames + 5 && !(v.audio <= was.audio)); // Firefox does not tell of its audio
  }
  /** Clicks on the bar at a part (0 to 1) of the film. */
  async seek(part) {
    const bar = await this.find('seek');
    const box = await bar.boundingBox();
    await this.page.mouse.click(box.x + box.width * part, box.y + box.height / 2);
  }
  /** Chooses in a menu. */
  async choose(name, value) { await (await this.find(name)).select(value); }
  /** From now on notes whatever interrupts the film. */
  countsDisturbances() {
    return this.page.evaluate(() => {
      const v = document.querySelector('video');
      window.disturbances = [];
      for (const type of ['pause', 'seeking', 'emptied', 'stalled']) {
        v.addEventListener(type, () => window.disturbances.push(`${type} at ${v.currentTime}`));
      }
    });
  }
  disturbances() { return this.page.evaluate(() => window.disturbances); }
  /** Where the film is over a second and a half: pairs of a moment (ms on the machine's clock) and a position (s). */
  track(ms = 1500) {
    return this.page.evaluate((ms) => new Promise((resolve) => {
      const v = document.querySelector('video');
      const samples = [];
      const end = performance.now() + ms;
      const frame = () => {
        samples.push({ at: performance.timeOrigin + performance.now(), position: v.currentTime });
        if (performance.now() < end) v.requestVideoFrameCallback(frame);
        else resolve(samples);
      };
      v.requestVideoFrameCallback(frame);
    }), ms);
  }

  // Misfortunes and the end.

  /** Stops or continues the processes that run pages, while those that hold the sockets go on. */
  async signalRenderers(signal) {
    const cdp = await this.browser.target().createCDPSession();
    const { processInfo } = await cdp.send('SystemInfo.getProcessInfo');
    this.renderers ??= processInfo.filter((p) => p.type === 'renderer').map((p) => p.id);
    for (const pid of this.renderers) process.kill(pid, signal);
  }

  /** Everything that helps to understand why a test waits in vain. */
  async describe() {
    try {
      const body = await this.page.evaluate(() => document.body.innerText.replace(/\n+/g, ' / ').slice(0, 1500));
      return [`${this.name} at ${this.page.url()}, phase "${await this.phase()}"`, `video: ${JSON.stringify(await this.video())}`,
        `notices: ${await this.notices()}`, `lines: ${JSON.stringify(await this.lines())}`, `page: ${body}`,
        ...this.complaints].join('\n');
    } catch (error) {
      return `${this.name}: ${error.message}`;
    }
  }
  async close() {
    const limit = setTimeout(() => this.browser.process().kill('SIGKILL'), 5000);
    await this.browser.close().catch(() => this.browser.process().kill('SIGKILL'));
    await this.browser.gone;
    clearTimeout(limit);
  }
}

/** Lets what looks for an element wait for it: puppeteer gives up on what the page is about to draw. */
function patient(page) {
  for (const name of ['click', 'focus', '$eval']) {
    const real = page[name].bind(page);
    page[name] = async (selector, ...rest) => {
      await page.waitForSelector(selector);
      return real(selector, ...rest);
    };
  }
  return page;
}

/** Runs in the page: waits until an element stayed in its place for a while. By timers, for a hidden page draws no frames. */
async function stands(el) {
  el.scrollIntoView({ block: 'nearest', behavior: 'instant' });
  const place = () => Object.values(el.getBoundingClientRect().toJSON()).join();
  for (let was = '', same = 0, i = 0; same < 3 && i < 60; i++) {
    const now = place();
    same = now === was ? same + 1 : 0;
    was = now;
    await new Promise((done) => setTimeout(done, 30));
  }
}

/** How far b is behind a, in ms of wall time: the median over many frames of both, seen against one clock. */
export async function skew(a, b, rate = 1) {
  const [ta, tb] = await Promise.all([a.track(), b.track()]);
  const origin = ta[0].at;
  const line = (samples) => median(samples.map((s) => s.position * 1000 / rate - (s.at - origin)));
  return line(ta) - line(tb);
}

export function median(xs) {
  const sorted = xs.toSorted((x, y) => x - y);
  return sorted[Math.floor(sorted.length / 2)];
}
