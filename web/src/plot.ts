// The last minutes of one's own sync as paths: rows of [at ms, offset ms, delay ms, correction ppm], from the peer.

export interface Plot { offset: string; correction: string; most: number; delay: number; worst: number; seconds: number }

const longest = 3 * 60_000; // ms
const shortest = 20_000;
export const width = 400;
export const height = 120;

/** null: there is nothing to see yet. */
export function plot(rows: Float64Array): Plot | null {
  const n = Math.floor(rows.length / 4);
  if (n < 2) return null;
  const end = rows[4 * (n - 1)]!;
  const span = Math.min(longest, Math.max(shortest, end - rows[0]!));
  let worst = 0;
  let delay = Infinity;
  let ppm = 500; // a servo at rest is well within this
  for (let i = 0; i < n; i++) {
    worst = Math.max(worst, Math.abs(rows[4 * i + 1]!));
    delay = Math.min(delay, rows[4 * i + 2]!);
    ppm = Math.max(ppm, Math.abs(rows[4 * i + 3]!));
  }
  const most = [2, 5, 10, 20, 50, 100, 200, 500, 1000].find((m) => m >= worst) ?? worst;
  const path = (k: number, scale: number) => {
    let d = '';
    let last = -Infinity;
    for (let i = 0; i < n; i++) {
      const at = rows[4 * i]!;
      const x = width * (1 - (end - at) / span);
      const y = height / 2 * (1 - rows[4 * i + k]! / scale);
      d += `${at - last > 2000 ? 'M' : 'L'}${x.toFixed(1)} ${y.toFixed(1)}`; // a gap stays a gap
      last = at;
    }
    return d;
  };
  return { offset: path(1, most), correction: path(3, ppm), most, delay, worst, seconds: Math.round((end - rows[0]!) / 1000) };
}
