/* oxlint-disable no-unused-expressions -- this file is one */
// Runs inside each page before its own scripts: notes what the video really does, by the true clock. A string for
// puppeteer; nothing of it is in the product.
(cell, bits, fps) => {
  if (!location.host) return; // about:blank
  const b = globalThis.bench = { cal: [], positions: [], frames: [], events: [], view: null, peer: null };
  // The peer's views, for what it believes of itself, and the peer, for a page that hosts.
  let real;
  const wrapped = (o) => (b.peer = real({ ...o, show(v) { b.view = v; o.show(v); } }));
  b.truth = (now) => now + b.cal.reduce((x, y) => (y.delay < x.delay ? y : x)).offset;
  Object.defineProperty(globalThis, 'toile', { configurable: true, get: () => real && wrapped, set(f) { real = f; } });

  // True time is performance.now() plus an offset, of which the exchange with the least delay is believed.
  const socket = new WebSocket(`ws://${location.host}/truth`);
  const exchange = () => new Promise((done) => {
    const t1 = performance.now();
    socket.onmessage = ({ data }) => {
      const t4 = performance.now();
      done({ at: t4, delay: t4 - t1, offset: Number(data) - (t1 + t4) / 2 });
    };
    socket.send('');
  });
  const calibrate = async (n) => {
    const all = [];
    for (let i = 0; i < n; i++) all.push(await exchange());
    b.cal.push(all.reduce((x, y) => (y.delay < x.delay ? y : x)));
  };
  socket.onopen = async () => {
    await calibrate(100);
    setInterval(() => void calibrate(30), 5000);
  };

  const canvas = new OffscreenCanvas(bits * cell, cell).getContext('2d', { willReadFrequently: true });
  const decode = (v) => {
    canvas.drawImage(v, 0, 0, bits * cell, cell, 0, 0, bits * cell, cell);
    const px = canvas.getImageData(0, cell / 2, bits * cell, 1).data;
    let gray = 0;
    for (let i = 0; i < bits; i++) {
      const level = px[4 * (i * cell + cell / 2)];
      if (level > 90 && level < 160) return -1; // in between: not to be trusted
      if (level >= 160) gray |= 1 << i;
    }
    for (let s = 1; s < bits; s <<= 1) gray ^= gray >> s;
    return gray;
  };
  const firefox = navigator.userAgent.includes('Firefox');
  const watch = (v) => {
    let k = 0;
    v.addEventListener('pause', (e) => b.events.push(['pause', e.timeStamp]));
    v.addEventListener('waiting', (e) => b.events.push(['waiting', e.timeStamp]));
    v.addEventListener('seeking', (e) => b.events.push([v.paused ? 'seek-paused' : 'seek-playing', e.timeStamp]));
    const note = () => b.positions.push([performance.now(), v.currentTime, v.playbackRate, v.paused || v.seeking ? 0 : 1]);
    // Firefox moves currentTime in steps of 40 ms; it is true only just after a step, which is when a picture comes.
    if (!firefox) setInterval(note, 20);
    const frame = (_, m) => {
      if (firefox) note();
      if (++k % 2 === 0 && !v.paused) {
        // A callback that runs late draws a newer picture than the one that it tells of: then the two numbers differ, and
        // nobody knows when that picture was shown.
        const n = decode(v);
        b.frames.push([m.expectedDisplayTime, n === Math.round(m.mediaTime * fps) ? n : -1]);
      }
      v.requestVideoFrameCallback(frame);
    };
    v.requestVideoFrameCallback(frame);
    b.quality = () => v.getVideoPlaybackQuality();
    b.video = v;
  };
  const seek = setInterval(() => {
    const v = document.querySelector('video');
    if (v) { clearInterval(seek); watch(v); }
  }, 50);
}
