// What somebody lets fall on the room: subtitles are shown, and a film is one's own copy where each plays a copy. Without
// this the browser would show the file in the place of the party.
import { openSubtitles } from './captions';
import { playCopy, player } from './film';
import { view } from './store';

const holdsFile = (e: DragEvent) => e.dataTransfer?.types.includes('Files') ?? false;

const isFilm = (file: File) => file.type.startsWith('video/') || /\.(mkv|mp4|m4v|mov|webm|ogv|avi)$/i.test(file.name);

/** Returns what ends it. */
export function startDrop(): () => void {
  const over = (e: DragEvent) => { if (holdsFile(e)) e.preventDefault(); };
  const drop = (e: DragEvent) => {
    const file = e.dataTransfer?.files[0];
    if (!holdsFile(e)) return; // words, which a field may take
    e.preventDefault();
    if (!file) return;
    const v = view.value;
    if (!isFilm(file)) {
      void openSubtitles(file); // or it is said that they are none
    } else if (v?.role === 'guest' && v.media?.kind === 'file') {
      player.unlock();
      playCopy(file);
    }
  };
  document.addEventListener('dragover', over);
  document.addEventListener('drop', drop);
  return () => {
    document.removeEventListener('dragover', over);
    document.removeEventListener('drop', drop);
  };
}
