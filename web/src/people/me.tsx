// One's own name and colour, changed while the party goes on.
import { useEffect, useRef, useState } from 'preact/hooks';
import { Hues } from '../parts/common';
import type { Person } from '../peer';
import { myHue, peer, setHue, setName } from '../store';
import { inside, t } from '../text';

export function Me({ id, me, done }: { id: string; me: Person; done: () => void }) {
  const w = inside().me;
  const field = useRef<HTMLInputElement>(null);
  const saved = useRef(false);
  const [name, set] = useState(me.name);
  useEffect(() => {
    setHue(me.hue); // what the others see, whatever was chosen in another window meanwhile
    field.current?.select();
    return () => { if (!saved.current) setHue(me.hue); };
  }, []);
  const save = (e: Event) => {
    e.preventDefault();
    const wanted = name.trim() || t().me[me.host ? 'host' : 'guest'];
    saved.current = true;
    setName(wanted);
    peer.value?.do({ type: 'rename', name: wanted, hue: myHue.value });
    done();
  };
  return (
    <form class="deeds self" id={id} onSubmit={save}>
      <label class="sr" for={`${id}-name`}>{t().me.name}</label>
      <div class="field"><input ref={field} id={`${id}-name`} data-test="my-name" value={name} maxLength={32} autoComplete="nickname" dir="auto"
        onInput={(e) => set(e.currentTarget.value)} /></div>
      <Hues />
      <div class="acts">
        <button type="button" class="btn g sm" onClick={done}>{w.back}</button>
        <button class="btn p sm" data-test="my-name-save">{w.save}</button>
      </div>
    </form>
  );
}
