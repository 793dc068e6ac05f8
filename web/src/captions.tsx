// The line that is being spoken, over the film.
import { player } from './film';

export function CaptionLines() {
  const { lines } = player.captions;
  if (lines.value.length === 0) return null;
  return <div class="cues" data-test="captions">{lines.value.map((l, i) => <span key={i}><bdi dir="auto">{l}</bdi></span>)}</div>;
}
