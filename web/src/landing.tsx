// The entrance: a lit screen in a dark house.
import { Avatar, Hues, Language, Mark } from './parts/common';
import { Icon } from './parts/icon';
import { shieldIcon } from './parts/icons';
import { company, Seats } from './parts/seats';
import { Source } from './parts/source';
import { openInvitation, openRoom } from './party';
import { myHue, myName, setName, wayBack } from './store';
import { t } from './text';

export function Landing() {
  const w = t().landing;
  return (
    <div class="house">
      <div class="wall" /><div class="spill" /><div class="screen" /><div class="floor" />
      <Seats heads={company()} />
      <header class="head"><Mark /><Language /></header>
      <main class="hero">
        <div>
          <h1>{w.title[0]}<br />{w.title[1]}<br /><em>{w.title[2]}</em></h1>
          <p class="lede">{w.lede}</p>
          {wayBack.value && <p class="card way"><span>{w.still}</span><button type="button" class="btn g sm" data-test="way-back" onClick={wayBack.value}>{t().ended.back}</button></p>}
          <Source submit={w.open} note={<p class="note"><Icon of={shieldIcon} />{w.promise}</p>} onFilm={openRoom} onInvitation={openInvitation}>
            <div class="who">
              <Avatar name={myName.value || t().me.host} hue={myHue.value} />
              <input class="name" data-test="name" aria-label={t().me.name} placeholder={t().me.placeholder} autoComplete="nickname"
                maxLength={32} value={myName.value} onInput={(e) => setName(e.currentTarget.value)} />
              <Hues />
            </div>
          </Source>
        </div>
      </main>
      <footer class="credit">{w.picture}</footer>
    </div>
  );
}
