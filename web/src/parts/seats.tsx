// The rows of the house, seen from behind; the heads of those who sit there are lit in their seats' colours.
import { myHue } from '../store';

interface Row { top: number; bottom: number; width: number; from: number; glow: number }
const rows: Row[] = [
  { top: 40, bottom: 150, width: 86, from: -76, glow: 0.42 },
  { top: 92, bottom: 222, width: 112, from: -52, glow: 0.34 },
  { top: 156, bottom: 306, width: 148, from: -168, glow: 0.26 },
];

export interface Head { row: 0 | 1 | 2; seat: number; hue: number }

/** The company on the first page. */
export function company(): Head[] {
  return [{ row: 0, seat: 9, hue: 205 }, { row: 0, seat: 10, hue: 22 }, { row: 1, seat: 10, hue: 142 },
    { row: 2, seat: 6, hue: myHue.value }, { row: 2, seat: 8, hue: 48 }];
}

/** Seats for people of given hues, round the middle. */
export function seated(hues: readonly number[]): Head[] {
  const places: [0 | 1 | 2, number][] = [[1, 5], [1, 7], [2, 4], [2, 6], [0, 8], [0, 5], [0, 11], [1, 3], [1, 9], [2, 2], [2, 8], [0, 3], [0, 13]];
  return hues.slice(0, places.length).map((hue, i) => ({ row: places[i]![0], seat: places[i]![1], hue }));
}

export function Seats({ heads }: { heads: readonly Head[] }) {
  return (
    <svg class="seats" viewBox="0 0 1480 240" preserveAspectRatio="xMidYMax slice" aria-hidden="true">
      <defs>
        {rows.map((r, i) => [
          <linearGradient key={`s${i}`} id={`seat${i}`} gradientUnits="userSpaceOnUse" x1="0" y1={r.top} x2="0" y2={r.bottom}>
            <stop stop-color="#1d141c" /><stop offset=".5" stop-color="#0c090f" />
          </linearGradient>,
          <linearGradient key={`r${i}`} id={`rim${i}`} gradientUnits="userSpaceOnUse" x1="0" y1={r.top} x2="0" y2={(r.top + r.bottom) / 2}>
            <stop stop-color="#ffbe9a" stop-opacity={r.glow} /><stop offset="1" stop-color="#ffbe9a" stop-opacity="0" />
          </linearGradient>,
        ])}
        {heads.map(({ hue }, i) => [
          <radialGradient key={`g${i}`} id={`glow${i}`}>
            <stop offset=".45" stop-color={`hsl(${hue} 90% 70%)`} stop-opacity=".34" /><stop offset="1" stop-color={`hsl(${hue} 90% 60%)`} stop-opacity="0" />
          </radialGradient>,
          <linearGradient key={`e${i}`} id={`edge${i}`} x1="0" y1="0" x2="0" y2="1">
            <stop stop-color={`hsl(${hue} 90% 80%)`} stop-opacity=".95" /><stop offset=".62" stop-color={`hsl(${hue} 90% 70%)`} stop-opacity="0" />
          </linearGradient>,
        ])}
      </defs>
      {rows.map((r, n) => {
        const pitch = 1.13 * r.width;
        const seats = Math.ceil((1560 - r.from) / pitch);
        const h = r.bottom - r.top;
        const d = Array.from({ length: seats }, (_, i) => `M${(r.from + i * pitch).toFixed(1)} ${r.bottom}v${-0.56 * h}`
          + `q0 ${-0.44 * h} ${0.26 * r.width} ${-0.44 * h}h${0.48 * r.width}q${0.26 * r.width} 0 ${0.26 * r.width} ${0.44 * h}v${0.56 * h}`).join('');
        const radius = 0.235 * r.width;
        return [
          ...heads.map((head, i) => {
            if (head.row !== n) return null;
            const at = { cx: r.from + head.seat * pitch + r.width / 2, cy: r.top - 0.28 * radius };
            return [<circle key={`a${i}`} {...at} r={radius * 2.3} fill={`url(#glow${i})`} />,
              <circle key={`b${i}`} {...at} r={radius} fill="#0a080d" stroke={`url(#edge${i})`} stroke-width="2.2" />];
          }),
          <path key={n} d={d} fill={`url(#seat${n})`} stroke={`url(#rim${n})`} stroke-width="1.6" />,
        ];
      })}
    </svg>
  );
}
