import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { Intent } from './peer';
import { Player } from './player';

/** A media element that does what it is told when it is told to. */
class FakeVideo extends EventTarget {
  textTracks = new EventTarget();
  done: string[] = [];
  muted = false; volume = 1; playbackRate = 1; readyState = 4; duration = 600; videoWidth = 640; ended = false; paused = true; seeking = false;
  preservesPitch = true; src = ''; error: unknown = null;
  refuses = false;
  #time = 0;
  buffered = { length: 1, start: () => 0, end: () => 100 };
  get currentTime() { return this.#time; }
  set currentTime(t) { this.#time = t; this.seeking = true; this.done.push(`seek ${t}`); }
  arrive() { this.seeking = false; this.dispatchEvent(new Event('seeked')); }
  drift(t: number) { this.#time = t; }
  play() {
    this.done.push('play');
    if (this.refuses && !this.muted) return Promise.reject(new DOMException('no tap', 'NotAllowedError'));
    this.paused = false;
    queueMicrotask(() => this.dispatchEvent(new Event('play')));
    return Promise.resolve();
  }
  pause() {
    if (this.paused) return;
    this.done.push('pause');
    this.paused = true;
    queueMicrotask(() => this.dispatchEvent(new Event('pause')));
  }
  load() {} hasAttribute() { return this.src !== ''; } removeAttribute() { this.src = ''; } canPlayType() { return ''; }
  requestVideoFrameCallback() { return 0; }
}

let v: FakeVideo;
let player: Player;
let wishes: Intent[];
let seen: number[][];

beforeEach(async () => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'Date'] });
  vi.stubGlobal('MessageChannel', class { // a message takes a millisecond of fake time
    port1 = { onmessage: () => {}, close: () => {} };
    port2 = { postMessage: () => setTimeout(() => this.port1.onmessage(), 1) };
  });
  vi.stubGlobal('performance', { now: () => Date.now() + (spin += 0.01) }); // looking at the clock takes time too
  vi.setSystemTime(0);
  spin = 0;
  v = new FakeVideo();
  player = new Player(v as unknown as HTMLVideoElement);
  wishes = [];
  seen = [];
  player.intent = (i) => wishes.push(i);
  player.observe = (...o) => seen.push(o);
  player.load('https://cdn.example/film.mp4');
  v.dispatchEvent(new Event('loadeddata'));
  await vi.advanceTimersByTimeAsync(2000);
  await vi.dynamicImportSettled();
  expect(player.film.value).toBe('ready');
  v.done = [];
});
let spin = 0;
afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

const now = () => performance.now();
const settle = () => vi.advanceTimersByTimeAsync(0);

test('the pitch follows the rate, from before the first play', () => { expect(v.preservesPitch).toBe(false); });

test('the element is warmed in silence, and stands at the beginning again', async () => {
  const cold = new FakeVideo();
  const other = new Player(cold as unknown as HTMLVideoElement);
  const heard: boolean[] = [];
  const play = cold.play.bind(cold);
  cold.play = () => { heard.push(!cold.muted && cold.volume > 0); cold.drift(0.2); return play(); };
  other.load('https://cdn.example/film.mp4');
  cold.dispatchEvent(new Event('loadeddata'));
  await vi.advanceTimersByTimeAsync(2000);
  expect(heard).toEqual([false]);
  expect([cold.paused, cold.muted, cold.volume, cold.currentTime]).toEqual([true, false, 1, 0]);
});

test('hold stands still exactly where it is told', async () => {
  v.paused = false;
  v.drift(10.2);
  player.apply({ do: 'hold', position: 10, rate: 1, at: now() });
  await settle();
  expect(v.done).toEqual(['pause', 'seek 10']);
  expect(wishes).toEqual([]);
});

test('hold does not seek to where the film stands already', () => {
  v.drift(10.004);
  player.apply({ do: 'hold', position: 10, rate: 1, at: now() });
  expect(v.done).toEqual([]);
});

test('the page is asked to be calm around a start, and just after a pause', async () => {
  expect(player.calm()).toBe(0);
  player.apply({ do: 'start', position: 0, rate: 1, at: now() + 400 });
  expect(player.calm()).toBeGreaterThan(400);
  await vi.advanceTimersByTimeAsync(800);
  expect(v.paused).toBe(false);
  expect(player.calm()).toBe(0);
  player.apply({ do: 'hold', position: 0.4, rate: 1, at: now() });
  expect(player.calm()).toBeGreaterThan(100);
  await vi.advanceTimersByTimeAsync(130);
  player.apply({ do: 'hold', position: 0.4, rate: 1, at: now() }); // it stands already: nobody is disturbed
  expect(player.calm()).toBe(0);
});

test('start waits for the seek, then for its instant', async () => {
  const at = now() + 500;
  player.apply({ do: 'start', position: 42, rate: 1.25, at });
  await vi.advanceTimersByTimeAsync(300);
  expect(v.done).toEqual(['seek 42']);
  v.arrive();
  await vi.advanceTimersByTimeAsync(100);
  expect(v.done).toEqual(['seek 42']);
  let played = NaN;
  const play = v.play.bind(v);
  v.play = () => { played = now(); return play(); };
  await vi.advanceTimersByTimeAsync(200);
  expect(v.done).toEqual(['seek 42', 'play']);
  expect(played - at).toBeGreaterThanOrEqual(0);
  expect(played - at).toBeLessThan(1);
  expect(v.playbackRate).toBe(1.25);
  expect(wishes).toEqual([]);
});

test('a newer command cancels a start that still waits', async () => {
  player.apply({ do: 'start', position: 0, rate: 1, at: now() + 200 });
  await vi.advanceTimersByTimeAsync(100);
  player.apply({ do: 'hold', position: 0, rate: 1, at: now() });
  await vi.advanceTimersByTimeAsync(1000);
  expect(v.done).toEqual([]);
});

test('a start whose film never gets ready is tried all the same', async () => {
  v.readyState = 1; // as browsers do that fetch nothing before play()
  player.apply({ do: 'start', position: 0, rate: 1, at: now() + 100 });
  await vi.advanceTimersByTimeAsync(2000);
  expect(v.done).toEqual(['play']);
});

test('a film of which plenty arrives while it stands is told of as ready, and starts on time', async () => {
  v.readyState = 2; // as WebKitGTK leaves it
  v.buffered = { length: 1, start: () => 0, end: () => 5 };
  player.apply({ do: 'start', position: 0, rate: 1, at: now() + 300 });
  await vi.advanceTimersByTimeAsync(100);
  v.buffered = { length: 1, start: () => 0, end: () => 100 };
  v.dispatchEvent(new Event('progress'));
  expect(seen.at(-1)![5]).toBe(3);
  await vi.advanceTimersByTimeAsync(250);
  expect(v.done).toEqual(['play']);
});

test('rate and jump act at once', () => {
  player.apply({ do: 'rate', position: 0, rate: 1.004, at: now() });
  player.apply({ do: 'jump', position: 77, rate: 1, at: now() });
  expect(v.playbackRate).toBe(1.004);
  expect(v.done).toEqual(['seek 77']);
});

async function start() {
  player.apply({ do: 'start', position: 0, rate: 1, at: now() });
  await vi.advanceTimersByTimeAsync(50);
  v.done = [];
}

test('a pause that nobody here asked for is a wish', async () => {
  await start();
  v.pause(); // as a headset's button does
  await settle();
  expect(wishes).toEqual([{ type: 'pause' }]);
});

test('a pause of a page that nobody sees is the system\'s, and no wish', async () => {
  await start();
  vi.spyOn(document, 'hidden', 'get').mockReturnValue(true);
  v.pause();
  await settle();
  expect(wishes).toEqual([]);
  vi.restoreAllMocks();
});

test('the end of the film is no wish', async () => {
  await start();
  v.ended = true;
  v.pause();
  await settle();
  expect(wishes).toEqual([]);
});

test('a play that nobody here asked for is a wish, and the film waits for the room', async () => {
  void v.play();
  await settle();
  expect(wishes).toEqual([{ type: 'play' }]);
  expect(v.paused).toBe(true);
});

test('without a tap the film runs in silence behind the sound gate, and a tap opens it', async () => {
  v.refuses = true;
  await start();
  expect(player.gate.value).toBe('sound');
  expect([v.paused, v.muted]).toEqual([false, true]);
  v.refuses = false;
  player.openGate();
  expect([player.gate.value, v.muted]).toEqual(['none', false]);
});

test('a person who wants no sound meets no gate', async () => {
  v.refuses = true;
  player.setMuted(true);
  await start();
  expect([player.gate.value, v.paused]).toEqual(['none', false]);
});

test('an observation has both clocks and every flag', () => {
  v.drift(12);
  v.ended = true;
  v.muted = true;
  v.dispatchEvent(new Event('waiting'));
  const [at, position, duration, buffered, rate, ready, flags] = seen.at(-1)!;
  expect(Math.abs(at! - now())).toBeLessThan(1);
  expect([position, duration, buffered, rate, ready]).toEqual([12, 600, 88, 1, 4]);
  expect(flags).toBe(1 | 4 | 8 | 32);
});

test('an old film\'s news is not taken for the new one\'s', async () => {
  player.load('https://cdn.example/one.mp4');
  player.load('https://cdn.example/two.mp4');
  player.refuse('film-insecure');
  v.dispatchEvent(new Event('loadeddata'));
  await settle();
  expect([player.film.value, player.code.value]).toEqual(['failed', 'film-insecure']);
});

test('a film that would be sound alone is refused, once its picture had time to come', async () => {
  v.videoWidth = 0;
  player.load('https://cdn.example/hevc.mp4');
  v.dispatchEvent(new Event('loadeddata'));
  await vi.advanceTimersByTimeAsync(1000);
  expect(player.film.value).toBe('loading');
  await vi.advanceTimersByTimeAsync(1000);
  expect([player.film.value, player.code.value]).toEqual(['failed', 'film-codec']);
});

test('a film whose picture has its size a little late, as in WebKitGTK, is shown', async () => {
  v.videoWidth = 0;
  player.load('https://cdn.example/film.mp4');
  v.dispatchEvent(new Event('loadeddata'));
  await vi.advanceTimersByTimeAsync(300);
  v.videoWidth = 640;
  v.dispatchEvent(new Event('resize'));
  await vi.advanceTimersByTimeAsync(100);
  expect(player.film.value).toBe('ready');
});
