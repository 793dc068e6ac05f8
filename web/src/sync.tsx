// A closer look at one's own sync. Loaded when somebody wants it.
import { useEffect, useState } from 'preact/hooks';
import { player } from './film';
import { Dialog } from './parts/common';
import { height, plot, width, type Plot } from './plot';
import { peer, view } from './store';
import { inside, lang } from './text';
import { mostTrim, setTrim, trim } from './trim';

export function SyncPanel({ close }: { close: () => void }) {
  const w = inside().sync;
  const v = view.value!;
  const [p, setPlot] = useState<Plot | null>(null);
  useEffect(() => {
    const look = () => { const rows = peer.value?.history(); if (rows) setPlot(plot(rows)); };
    look();
    const timer = setInterval(look, 500);
    return () => clearInterval(timer);
  }, []);
  const signed = new Intl.NumberFormat(lang(), { maximumFractionDigits: 1, signDisplay: 'exceptZero' });
  const exact = (n: number) => signed.format(n).replace('-', '−');
  const plain = new Intl.NumberFormat(lang(), { maximumFractionDigits: 1 });
  const s = v.sync;
  const fact = (name: string, value: string) => <div key={name}><dt>{name}</dt><dd class="num">{value}</dd></div>;
  return (
    <Dialog title={w.title} close={close}>
      <p>{v.phase === 'broken' ? w.hint.lost : player.film.value !== 'ready' ? w.hint.none : w.hint[s.offset === null ? 'measuring' : s.state]}</p>
      <div class="graph">
        <svg class="plot" viewBox={`0 0 ${width} ${height}`} role="img" aria-label={p ? w.plotLabel(plain.format(p.worst), p.seconds) : w.plotEmpty} data-test="sync-plot" data-points={p ? 1 : 0}>
          <path class="zero" d={`M0 ${height / 2}H${width}`} />
          {p && <path class="rate" d={p.correction} />}
          {p && <path class="off" d={p.offset} />}
        </svg>
        {p ? <div aria-hidden="true"><small class="num">{`+${p.most}\u00a0ms`}</small><small class="num">{`−${p.most}\u00a0ms`}</small></div>
          : <p aria-hidden="true">{w.plotEmpty}</p>}
      </div>
      <small class="key"><i class="off" />{w.keyOffset}<i class="rate" />{w.keyRate}</small>
      <dl class="facts">
        {fact(w.offset, s.offset === null ? '–' : `${exact(s.offset)}\u00a0ms`)}
        {fact(w.uncertainty, s.uncertainty === null ? '–' : `± ${plain.format(Math.max(1, s.uncertainty))}\u00a0ms`)}
        {v.role === 'guest' && fact(w.rtt, s.rtt === null ? '–' : `${plain.format(s.rtt)}\u00a0ms`)}
      </dl>
      {!s.safe && <p role="status">{w.unsafe}</p>}
      <label class="trim">
        <span><b>{w.trim}</b> {w.trimHint}</span>
        <input type="range" min={-mostTrim} max={mostTrim} step="5" value={trim.value} data-test="trim"
          aria-valuetext={`${trim.value}\u00a0ms`} onInput={(e) => void setTrim(Number(e.currentTarget.value))} />
        <output class="num">{`${exact(trim.value)}\u00a0ms`}</output>
      </label>
      <div class="acts">
        <button type="button" class="btn g" disabled={trim.value === 0} onClick={() => void setTrim(0)}>{w.trimNone}</button>
        <button type="button" class="btn p" data-test="resync" onClick={() => { peer.value?.do({ type: 'resync' }); close(); }}>{w.resync}</button>
      </div>
      <p class="fine">{w.honest}</p>
    </Dialog>
  );
}
