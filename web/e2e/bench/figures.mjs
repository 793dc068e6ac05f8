// From what the pages noted to figures. Pure, so that it can be tested on made-up data.

export function quantile(xs, q) {
  if (xs.length === 0) return NaN;
  const s = Float64Array.from(xs).sort();
  return s[Math.min(s.length - 1, Math.floor(s.length * q))];
}

/** p50, p95, p99 and the worst, of absolute values. */
export function spread(xs) {
  const a = xs.map(Math.abs);
  return { p50: quantile(a, 0.5), p95: quantile(a, 0.95), p99: quantile(a, 0.99), max: quantile(a, 1), samples: a.length };
}

/** Where the timeline is at true time t (ms), in ms of film. */
export function target(timeline, t) {
  return timeline.position * 1000 + (t <= timeline.at ? 0 : (t - timeline.at) * timeline.rate);
}

/** The true time of a page's performance.now(), by the exchange with the least delay of all. */
export function truthOf(page) {
  const best = page.cal.reduce((x, y) => (y.delay < x.delay ? y : x));
  return (now) => now + best.offset;
}

/**
 * How far the film was from the timeline (ms, positive: ahead) on a common grid, [t] -> one value a page, or null where
 * a page has no sample within half a step. Firefox's positions are only ever late: of those near a point the highest is
 * taken.
 */
export function onGrid(pages, timeline, from, to, step = 50) {
  const rows = [];
  const errors = pages.map((p) => {
    const truth = truthOf(p);
    return p.positions.filter((s) => s[3] === 1).map(([now, pos]) => ({ t: truth(now), e: pos * 1000 - target(timeline, truth(now)) }));
  });
  const at = errors.map(() => 0);
  for (let t = from; t <= to; t += step) {
    rows.push({ t, errors: errors.map((list, i) => {
      const late = pages[i].firefox;
      const half = late ? 60 : step / 2;
      while (at[i] < list.length && list[at[i]].t < t - half) at[i]++;
      let best = null;
      for (let k = at[i]; k < list.length && list[k].t <= t + half; k++) {
        if (late ? best === null || list[k].e > best.e : best === null || Math.abs(list[k].t - t) < Math.abs(best.t - t)) best = list[k];
      }
      return best && best.e;
    }) });
  }
  return rows;
}

/** The differences between all pairs of pages, at each point of the grid where both are known. */
export function pairs(rows) {
  const out = [];
  for (const { errors } of rows) {
    for (let i = 0; i < errors.length; i++) {
      for (let j = 0; j < i; j++) if (errors[i] !== null && errors[j] !== null) out.push(errors[i] - errors[j]);
    }
  }
  return out;
}

/** The same for the pictures that were shown: each page's last one before t, as it was when it was shown. */
export function shownOnGrid(pages, timeline, fps, from, to, step = 50) {
  const errors = pages.map((p) => {
    const truth = truthOf(p);
    return p.frames.filter((f) => f[1] >= 0).map(([when, n]) => ({ t: truth(when), e: n * 1000 / fps - target(timeline, truth(when)) }));
  });
  const rows = [];
  const at = errors.map(() => 0);
  for (let t = from; t <= to; t += step) {
    rows.push({ t, errors: errors.map((list, i) => {
      while (at[i] + 1 < list.length && list[at[i] + 1].t <= t) at[i]++;
      const f = list[at[i]];
      return f && Math.abs(f.t - t) < 150 ? f.e : null;
    }) });
  }
  return rows;
}

/** The distance between the first and the last page at one moment, or null when not all were playing. */
export function spreadAt(pages, timeline, t) {
  const [row] = onGrid(pages, timeline, t, t, 60);
  const e = row.errors;
  return e.includes(null) ? null : Math.max(...e) - Math.min(...e);
}

/** What the corrections cost over a while: how much faster or slower it went in all, and what people could see. */
export function cost(page, from, to) {
  const truth = truthOf(page);
  let integral = 0;
  let last;
  for (const [now, , rate, playing] of page.positions) {
    const t = truth(now);
    if (t < from || t > to) continue;
    if (last !== undefined && playing) integral += Math.abs(rate - 1) * (t - last);
    last = t;
  }
  const count = (kind) => page.events.filter(([k, at]) => k === kind && truth(at) >= from && truth(at) <= to).length;
  return { integral, seeks: count('seek-playing') + count('seek-paused'), stalls: count('waiting') };
}
