// Small SVG plots, for the docs too: readable on light and dark ground, and without a library.
const W = 720;
const H = 360;
const pad = { left: 56, right: 150, top: 40, bottom: 44 };
const colours = ['#d9480f', '#1971c2', '#868e96', '#2f9e44', '#9c36b5', '#e8a800', '#0b7285'];
const escape = (s) => `${s}`.replace(/[&<>]/g, (c) => ({ '&': '&amp;', '<': '&lt;', '>': '&gt;' })[c]);

function frame(title, xs, ys, xLabel, body) {
  const style = 'text{font:12px system-ui,sans-serif;fill:#495057}.t{font-size:14px;font-weight:600}.g{stroke:#adb5bd;stroke-opacity:.35}@media(prefers-color-scheme:dark){text{fill:#ced4da}}';
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${W} ${H}" role="img" aria-label="${escape(title)}"><style>${style}</style>
<text class="t" x="${pad.left}" y="22">${escape(title)}</text>
${xs.map(([x, label]) => `<path class="g" d="M${x.toFixed(1)} ${pad.top}V${H - pad.bottom}"/><text x="${x.toFixed(1)}" y="${H - pad.bottom + 16}" text-anchor="middle">${escape(label)}</text>`).join('')}
${ys.map(([y, label]) => `<path class="g" d="M${pad.left} ${y.toFixed(1)}H${W - pad.right}"/><text x="${pad.left - 6}" y="${(y + 4).toFixed(1)}" text-anchor="end">${escape(label)}</text>`).join('')}
<text x="${(pad.left + W - pad.right) / 2}" y="${H - 8}" text-anchor="middle">${escape(xLabel)}</text>
${body}</svg>
`;
}

const legend = (names) => names.map((n, i) => `<path d="M${W - pad.right + 12} ${pad.top + 12 + 20 * i}h16" stroke="${colours[i % colours.length]}" stroke-width="3"/><text x="${W - pad.right + 34}" y="${pad.top + 16 + 20 * i}">${escape(n)}</text>`).join('');

/** How large a share of the pairs is closer than so many ms; the scale of ms is logarithmic. */
export function cdf(title, systems) {
  const [lo, hi] = [0.01, 1000];
  const x = (v) => pad.left + (W - pad.left - pad.right) * Math.log(Math.min(hi, Math.max(lo, v)) / lo) / Math.log(hi / lo);
  const y = (q) => H - pad.bottom - (H - pad.top - pad.bottom) * q;
  const curves = systems.map(({ values }, i) => {
    const s = values.toSorted((a, b) => a - b);
    const points = [];
    for (let k = 0; k <= 200 && s.length; k++) points.push(`${x(s[Math.min(s.length - 1, Math.floor(s.length * k / 200))]).toFixed(1)} ${y(k / 200).toFixed(1)}`);
    return `<path fill="none" stroke-width="2" stroke="${colours[i % colours.length]}" d="M${points.join('L')}"/>`;
  });
  return frame(`How far two films are apart: ${title}`, [0.01, 0.1, 1, 10, 100, 1000].map((v) => [x(v), `${v}`]),
    [0, 0.25, 0.5, 0.75, 0.95, 1].map((q) => [y(q), `${Math.round(q * 100)} %`]), 'ms apart, at most', curves.join('') + legend(systems.map((s) => s.name)));
}

/** Each film's distance from the host over time. */
export function course(title, rows) {
  const n = rows[0]?.errors.length ?? 0;
  const t0 = rows[0]?.t ?? 0;
  const span = Math.max(1, (rows.at(-1)?.t ?? 1) - t0);
  const most = Math.max(1, ...rows.flatMap((r) => r.errors.filter((e) => e !== null).map(Math.abs)));
  const x = (t) => pad.left + (W - pad.left - pad.right) * (t - t0) / span;
  const y = (e) => pad.top + (H - pad.top - pad.bottom) * (0.5 - e / most / 2);
  const curves = [];
  for (let i = 0; i < n; i++) {
    const d = rows.filter((r) => r.errors[i] !== null).map((r) => `${x(r.t).toFixed(1)} ${y(r.errors[i]).toFixed(1)}`);
    curves.push(`<path fill="none" stroke-width="1.2" stroke="${colours[i % colours.length]}" d="M${d.join('L')}"/>`);
  }
  const marks = [-most, -most / 2, 0, most / 2, most].map((e) => [y(e), e.toFixed(1)]);
  return frame(`Each film's distance from the host, ms: ${title}`, [0, 0.25, 0.5, 0.75, 1].map((q) => [x(t0 + q * span), `${Math.round(q * span / 1000)} s`]),
    marks, 'time', curves.join('') + legend(Array.from({ length: n }, (_, i) => `guest ${i + 1}`)));
}
