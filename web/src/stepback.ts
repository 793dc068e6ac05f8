// How all but the film steps back: into a full screen, after a while without a hand on it, and forth again for news.
import { useEffect, useRef, useState } from 'preact/hooks';
import { saidByOthers, view } from './store';

/** Full screen for the whole room, so that the chat comes along. iPhones have it for a bare video only: there the room
 * fills the window instead. */
export function useFull(room: { current: HTMLElement | null }): [boolean, () => void] {
  const [full, setFull] = useState(false);
  const now = useRef(full); // for a key pressed before its listener knows of the last one
  now.current = full;
  useEffect(() => {
    const changed = () => setFull(document.fullscreenElement !== null);
    document.addEventListener('fullscreenchange', changed);
    return () => document.removeEventListener('fullscreenchange', changed);
  }, []);
  const flip = () => {
    if (document.fullscreenElement) void document.exitFullscreen();
    else if (now.current) setFull(false);
    else if (room.current?.requestFullscreen) room.current.requestFullscreen().catch(() => setFull(true));
    else setFull(true);
  };
  return [full, flip];
}

/** True for a while after somebody else said something: over a film that fills the screen, lines come and go. */
export function useNews(full: boolean): boolean {
  const [news, setNews] = useState(false);
  const said = saidByOthers(view.value?.lines ?? []);
  const before = useRef(said);
  useEffect(() => {
    const more = said > before.current;
    before.current = said;
    setNews(full && more); // fewer: the chat was cleared
    if (!full || !more) return;
    const timer = setTimeout(() => setNews(false), 6000);
    return () => clearTimeout(timer);
  }, [said]);
  return news && full;
}

/** True when nobody has moved for a while. */
export function useIdle(): [boolean, () => void] {
  const [idle, setIdle] = useState(false);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  const stir = () => {
    setIdle(false);
    clearTimeout(timer.current);
    timer.current = setTimeout(() => setIdle(true), 2800);
  };
  useEffect(() => {
    stir();
    return () => clearTimeout(timer.current);
  }, []);
  return [idle, stir];
}
