// A film whose pictures tell their own number: 60 a second, a Gray code in the top row, so that a picture read while it
// changes is off by one at most. With noise for sound: browsers time a film by its sound.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { cachedAsync } from '../films.mjs';

export const fps = 60;
export const cell = 16; // px
export const bits = 16;
const width = 320;
const height = 180;
export const seconds = 240;

export function counterFilm() {
  return cachedAsync(`frames-${seconds}s.mp4`, async (out) => {
    const ffmpeg = spawn('ffmpeg', ['-v', 'error', '-y', '-f', 'rawvideo', '-pix_fmt', 'gray', '-s', `${width}x${height}`, '-r', `${fps}`,
      '-i', 'pipe:0', '-f', 'lavfi', '-i', `anoisesrc=color=pink:amplitude=0.05:duration=${seconds}`, '-shortest', '-pix_fmt', 'yuv420p',
      '-c:v', 'libx264', '-preset', 'veryfast', '-crf', '20', '-g', '60', '-bf', '0', '-c:a', 'aac', '-b:a', '64k', '-ac', '2', '-ar', '48000',
      '-movflags', '+faststart', out], { stdio: ['pipe', 'inherit', 'inherit'] });
    const ended = once(ffmpeg, 'exit');
    for (let n = 0; n < fps * seconds; n++) {
      if (!ffmpeg.stdin.write(picture(n))) await once(ffmpeg.stdin, 'drain');
    }
    ffmpeg.stdin.end();
    const [code] = await ended;
    if (code !== 0) throw new Error(`ffmpeg ended with ${code}`);
  });
}

function picture(n) {
  const p = Buffer.alloc(width * height, 60);
  const gray = n ^ (n >> 1);
  for (let b = 0; b < bits; b++) {
    const level = (gray >> b) & 1 ? 235 : 16;
    for (let y = 0; y < cell; y++) p.fill(level, y * width + b * cell, y * width + (b + 1) * cell);
  }
  const x = (n * 3) % (width - 40); // something that moves, for the eye
  for (let y = 80; y < 120; y++) p.fill(200, y * width + x, y * width + x + 40);
  return p;
}
