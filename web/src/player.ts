// The one module that touches a media element. The peer commands it and is told what it really does; whatever the
// element does by itself (a headset's button, the picture-in-picture window, the system) becomes an intent for the
// whole room. What browsers do differently is dealt with here, so that nobody else need know.
import { signal } from '@preact/signals';
import type { Code } from './codes';
import { flag, type Command, type Intent, type Peer } from './peer';
import { Captions } from './player/captions';
import { instant, wait } from './player/instant';
import type { Readiness } from './player/readiness';
import { hardwareKeys, Lamp, leavesVolume } from './player/system';

export type FilmState = 'none' | 'loading' | 'ready' | 'failed';

const near = 0.005; // s: a film this close to a position need not be sought to it
const playable = 3; // HAVE_FUTURE_DATA
const patience = 1500; // ms: for what a film can be shown without
const spare = 10; // s of film in hand, from which on others may use the line
const soon = 500; // ms before a start is called
const settles = 250; // ms after: Chromium's takes 80 of them, and the first pictures are the dearest
const stills = 120; // ms after a pause: others' copies of it may still be under way, or their processors busy
const anyway = 700; // ms after a start was due: browsers that save data fetch nothing before play() is called

export class Player {
  readonly film = signal<FilmState>('none');
  readonly code = signal<Code | ''>('');
  readonly gate = signal<'none' | 'sound'>('none');
  readonly duration = signal(NaN);
  readonly buffered = signal(0); // s: how far the film is here, from where it stands
  readonly waiting = signal(false);
  readonly muted = signal(false); // what the person wants, whatever the browser allows
  readonly volume = signal(1);
  readonly floating = signal(false); // picture in picture

  readonly captions: Captions;

  /** Where observations and intents go. */
  observe: Peer['observe'] = () => {};
  intent: (i: Intent) => void = () => {};

  readonly #v: HTMLVideoElement;
  #ready?: Readiness;
  #source: string | File | null = null;
  #blob = '';
  #load = 0; // counts films, so that news of an old one is not taken for the new one's
  #turn = 0; // counts commands: a newer one cancels what an older one still waits for
  #intended: 'playing' | 'paused' = 'paused';
  #warmed = false;
  #prompt = false; // it moves as soon as it is told to
  #due = -Infinity; // when the newest start was to be called
  #late = 0; // ms: how long after that it was
  #stood = -Infinity; // when it was last told to stand
  #reported = 0;
  #stands: (() => void) | null = null; // called when the element may have come to stand
  readonly #lamp = new Lamp();

  constructor(video: HTMLVideoElement = document.createElement('video')) {
    const v = this.#v = video;
    v.playsInline = true;
    this.captions = new Captions(v.textTracks, navigator.language.split('-')[0]);
    v.preload = 'auto';
    v.disableRemotePlayback = true; // a television would not follow our clock
    // Pitch correction makes the rate coarse and costs 20 ms per change in Chromium; at the servo's half percent nobody
    // hears the difference. Set before the first play, for a change is audible.
    v.preservesPitch = false;
    Object.assign(v, { webkitPreservesPitch: false, mozPreservesPitch: false });
    const on = (type: string, f: () => void) => v.addEventListener(type, f);
    for (const type of ['seeked', 'seeking', 'playing', 'canplay', 'canplaythrough', 'ended', 'volumechange', 'ratechange']) {
      on(type, () => this.#changed());
    }
    on('timeupdate', () => { if (performance.now() - this.#reported > 200) this.#report(); });
    on('progress', () => { if (v.paused) this.#changed(); else this.#measure(); });
    on('durationchange', () => { this.duration.value = v.duration; });
    on('waiting', () => { this.waiting.value = true; this.#report(); });
    on('loadedmetadata', () => this.#measure());
    on('loadeddata', () => void this.#loaded());
    on('error', () => void this.#failed());
    on('pause', () => this.#paused());
    on('play', () => this.#played());
    on('enterpictureinpicture', () => { this.floating.value = true; });
    on('leavepictureinpicture', () => { this.floating.value = false; });
    document.addEventListener('visibilitychange', () => { this.#report(); this.#stayAwake(); });
    this.#everyFrame();
    hardwareKeys(() => v.currentTime, (i) => this.intent(i));
  }

  // Films.

  load(source: string | File): void {
    this.unload();
    this.#source = source;
    this.film.value = 'loading';
    if (typeof source !== 'string') this.#blob = URL.createObjectURL(source);
    this.#v.src = typeof source === 'string' ? source : this.#blob;
    this.#v.load();
  }

  /** Fetches the same film anew. */
  retry(): void { if (this.#source !== null) this.load(this.#source); }

  /** Says that a film cannot be had, without trying. */
  refuse(code: Code): void {
    this.unload();
    this.code.value = code;
    this.film.value = 'failed';
  }

  unload(): void {
    this.#load++;
    this.#turn++;
    this.#intended = 'paused';
    this.#source = null;
    this.captions.forget();
    this.film.value = 'none';
    this.code.value = '';
    this.gate.value = 'none';
    this.duration.value = NaN;
    this.buffered.value = 0;
    this.waiting.value = false;
    if (this.#v.hasAttribute('src')) {
      this.#v.pause();
      this.#v.removeAttribute('src');
      this.#v.load();
    }
    if (this.#blob) URL.revokeObjectURL(this.#blob);
    this.#blob = '';
    this.#stayAwake();
  }

  async #loaded(): Promise<void> {
    const load = this.#load;
    if (this.film.value !== 'loading') return;
    const name = typeof this.#source === 'string' ? new URL(this.#source, location.href).pathname : this.#source?.name ?? '';
    const hasPicture = () => this.#v.videoWidth > 0 || !/\.(mp4|m4v|mov|mkv|webm)$/i.test(name);
    if (!hasPicture()) await Promise.race([new Promise((done) => this.#v.addEventListener('resize', done, { once: true })), wait(patience)]); // WebKit
    if (load !== this.#load) return;
    if (!hasPicture()) {
      this.refuse('film-codec'); // it would play as sound without a picture
      return;
    }
    // Without it, as when the server is gone by now, the first start is late and the element's own word is taken.
    const later = await Promise.race([import('./player/later').catch(() => null), wait(patience)]);
    if (load !== this.#load) return;
    if (later) this.#ready = new later.Readiness(this.#v, () => this.buffered.value);
    if (later && !this.#warmed) {
      this.#warmed = true;
      const silent = this.hasVolume();
      this.#prompt = await later.warm(this.#v, silent);
      if (silent) this.#v.volume = this.volume.value;
      this.#v.muted = this.muted.value;
    }
    if (load !== this.#load) return;
    this.film.value = 'ready';
    this.#measure();
    this.#report();
  }

  async #failed(): Promise<void> {
    const load = this.#load;
    const source = this.#source;
    const error = this.#v.error;
    if (source === null || !error) return;
    const code = await import('./failure').then(({ explain }) => explain(error, source, (type) => this.#v.canPlayType(type)))
      .catch((): Code => 'film-network');
    if (load !== this.#load) return;
    this.#turn++;
    this.code.value = code;
    this.film.value = 'failed';
    this.#stayAwake();
  }

  // What the peer commands.

  apply(c: Command): void {
    this.#turn++;
    this.#stands = null;
    this.#due = c.do === 'start' ? c.at : -Infinity;
    const v = this.#v;
    switch (c.do) {
      case 'hold':
        if (!v.paused) this.#stood = performance.now();
        this.#pause();
        this.#seek(c.position);
        return;
      case 'start':
        void this.#start(c, this.#turn);
        return;
      case 'rate':
        v.playbackRate = c.rate;
        return;
      case 'jump':
        v.currentTime = c.position;
        return;
    }
  }

  async #start(c: Command, turn: number): Promise<void> {
    this.#pause();
    this.#v.playbackRate = c.rate;
    this.#seek(c.position);
    await this.#standing(c.at + anyway);
    if (turn !== this.#turn) return;
    await instant(c.at);
    if (turn !== this.#turn) return;
    this.#late = performance.now() - c.at;
    this.#play();
  }

  /** How long (ms) the page should draw nothing that can wait, lest a film starts or stands late, here or in another tab of
   * this machine: 0, if none is about to. */
  calm(): number {
    const now = performance.now();
    const left = this.#due + settles - now;
    return left > 0 && left < settles + soon ? left : Math.max(0, this.#stood + stills - now);
  }

  /** Waits until the film stands ready to play, or that lasted too long. */
  #standing(limit: number): Promise<void> {
    if (this.#playable()) return Promise.resolve();
    return new Promise((done) => {
      const finish = () => {
        clearTimeout(timer);
        this.#stands = null;
        done();
      };
      const timer = setTimeout(finish, Math.max(0, limit - performance.now()));
      this.#stands = () => { if (this.#playable()) finish(); };
    });
  }

  #readyState(): number { return this.#ready?.state(performance.now()) ?? this.#v.readyState; }
  #playable(): boolean { return !this.#v.seeking && this.#readyState() >= playable; }

  #seek(position: number): void {
    if (Math.abs(this.#v.currentTime - position) > near) this.#v.currentTime = position;
  }

  #pause(): void {
    this.#intended = 'paused';
    if (!this.#v.paused) this.#v.pause();
    this.#stayAwake();
  }

  #play(): void {
    this.#intended = 'playing';
    this.#v.play().then(() => this.#stayAwake(), (error: unknown) => {
      if (!(error instanceof DOMException) || error.name !== 'NotAllowedError') return; // a pause came in between
      // Without a tap browsers let no sound be played, but pictures.
      this.gate.value = 'sound';
      if (this.#v.muted) return;
      this.#v.muted = true;
      this.#v.play().catch(() => {});
    });
  }

  // What the person does.

  /** To be called inside the handler of a tap: from now on the film may sound. */
  unlock(): void {
    if (!this.#v.paused) return;
    this.#v.play().catch(() => {});
    this.#v.pause();
  }

  /** The tap that the sound gate asked for. */
  openGate(): void {
    this.gate.value = 'none';
    this.#v.muted = this.muted.value;
    if (this.#v.paused && this.#intended === 'playing') this.#play();
  }

  setMuted(muted: boolean): void {
    this.muted.value = muted;
    this.#v.muted = muted;
    if (!muted && this.gate.value === 'sound') this.openGate();
  }

  setVolume(volume: number): void {
    this.volume.value = volume;
    this.#v.volume = volume;
  }

  hasVolume(): boolean { return leavesVolume(this.#v); }

  canFloat(): boolean { return document.pictureInPictureEnabled ?? false; }

  toggleFloat(): void {
    const done = document.pictureInPictureElement === this.#v ? document.exitPictureInPicture() : this.#v.requestPictureInPicture();
    done.catch(() => {});
  }

  // What is shown.

  mount(place: Element): void { if (this.#v.parentNode !== place) place.prepend(this.#v); }

  /** What a preview needs to know: where the film is, and whether the film itself can spare the line. */
  preview(): { source: string; calm: () => boolean } {
    const v = this.#v;
    return {
      source: this.film.value === 'ready' ? v.currentSrc : '',
      calm: () => !this.waiting.value && (v.paused || this.#blob !== '' || this.buffered.value - v.currentTime > spare || this.buffered.value >= v.duration - 1),
    };
  }

  /** Adds a file of subtitles to the film; false, if it is none. */
  async addSubtitles(file: File): Promise<boolean> {
    const { decode, readCues } = await import('./player/subtitles');
    const cues = readCues(decode(new Uint8Array(await file.arrayBuffer())));
    if (cues.length > 0) this.captions.add(this.#v.addTextTrack('subtitles', file.name.replace(/\.[^.]+$/, ''), ''), cues);
    return cues.length > 0;
  }

  /** Paints the film's picture, for the glow round it. */
  paint(canvas: CanvasRenderingContext2D): void {
    if (this.#v.readyState >= 2) canvas.drawImage(this.#v, 0, 0, canvas.canvas.width, canvas.canvas.height);
  }

  // What the element does.

  #changed(): void {
    this.#measure();
    if (this.#playable()) this.waiting.value = false;
    this.#stands?.();
    this.#report();
  }

  #paused(): void {
    this.#report();
    const v = this.#v;
    if (this.film.value !== 'ready' || this.#intended !== 'playing' || !v.paused || v.ended) return;
    // Systems pause what nobody sees; that is not the person's wish, and the peer starts it again.
    if (document.hidden && !this.floating.value) return;
    this.intent({ type: 'pause' });
  }

  #played(): void {
    const v = this.#v;
    if (this.film.value !== 'ready' || this.#intended !== 'paused' || v.paused) return;
    v.pause(); // when it starts is for the room to say
    this.intent({ type: 'play' });
  }

  #measure(): void {
    const { buffered, currentTime } = this.#v;
    let end = 0;
    for (let i = 0; i < buffered.length; i++) {
      if (buffered.start(i) <= currentTime + 0.1 && buffered.end(i) > currentTime) end = buffered.end(i);
    }
    this.buffered.value = end;
  }

  /** Tells the peer where the film is. Both clocks are read here, next to one another. */
  #report(): void {
    if (this.film.value !== 'ready') return;
    const v = this.#v;
    const at = performance.now();
    const position = v.currentTime;
    const ready = this.#readyState();
    if (this.#ready?.doubted && ready >= playable) this.waiting.value = false;
    this.#reported = at;
    this.observe(at, position, v.duration, Math.max(0, this.buffered.value - position), v.playbackRate, ready,
      (v.paused ? flag.paused : 0) | (v.seeking ? flag.seeking : 0) | (this.waiting.value ? flag.waiting : 0)
      | (v.ended ? flag.ended : 0) | (document.hidden ? flag.hidden : 0) | (v.muted ? flag.muted : 0) | (this.#prompt ? flag.prompt : 0), this.#late);
  }

  /** A new picture is the moment at which currentTime is truest. */
  #everyFrame(): void {
    if (!('requestVideoFrameCallback' in this.#v)) return;
    const frame = () => {
      this.#report();
      this.#v.requestVideoFrameCallback(frame);
    };
    this.#v.requestVideoFrameCallback(frame);
  }

  /** Keeps the screen lit while a film plays on it. */
  #stayAwake(): void { this.#lamp.light(this.#intended === 'playing' && !document.hidden); }
}
