// Reactions: one tap, and the same emoji floats over everybody's film at the same instant.
import { useEffect, useState } from 'preact/hooks';
import { vars } from '../parts/common';
import type { Reaction } from '../peer';
import { isolate } from '../format';
import { peer, view } from '../store';
import { inside } from '../text';

const usual = ['😂', '❤️', '😮', '😭', '👏', '🔥', '🍿'] as const;
const floats = 4000; // ms; the style's animation takes as long

export function ReactionBar() {
  const w = inside().talk;
  if (!view.value?.may.chat || view.value.phase !== 'theatre') return null;
  return (
    <div class="rx" role="group" aria-label={w.react}>
      {usual.map((e, i) => (
        <button key={e} type="button" aria-label={w.reactions[i]} title={w.reactions[i]} data-test="react" data-emoji={e}
          onClick={() => peer.value?.do({ type: 'react', emoji: e })}>{e}</button>
      ))}
    </div>
  );
}

/** Where on the film's right a reaction rises: the same for everybody, and not where the one before did. */
export function lane(id: number): number { return (id * 5) % 7 / 7; }

/** Those that have floated, or are about to. A host who starts anew counts from one again, at other instants. */
const begun = new Set<string>();

/** Over the film. Each is shown once, at its instant; who comes late sees none that is over. */
export function Floating() {
  const [up, setUp] = useState<readonly Reaction[]>([]);
  const all = view.value?.reactions;
  useEffect(() => {
    for (const r of all ?? []) {
      const key = `${r.id} ${r.at}`;
      if (begun.has(key)) continue;
      begun.add(key);
      const left = r.at - performance.now();
      if (left < -floats) continue;
      setTimeout(() => {
        setUp((now) => [...now, r]);
        setTimeout(() => setUp((now) => now.filter((x) => x.id !== r.id)), floats);
      }, Math.max(0, left));
    }
  }, [all]);
  return (
    <>
      <p class="sr" role="status">{up.slice(-1).map((r) => <span key={r.id}>{isolate(r.name)} {r.emoji}</span>)}</p>
      <div class="floating" aria-hidden="true">
        {up.map((r) => <span key={r.id} style={vars({ '--x': lane(r.id), '--h': r.hue })} data-test="floating" data-emoji={r.emoji}>{r.emoji}<small><bdi>{r.name}</bdi></small></span>)}
      </div>
    </>
  );
}
