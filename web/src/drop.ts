// What somebody lets fall on the page. Without this the browser would show the file in the place of the party.
import { openSubtitles } from './captions';
import { say } from './drive';
import { playCopy, player } from './film';
import { chosen } from './parts/source';
import { view } from './store';
import { inside } from './text';

const holdsFile = (e: DragEvent) => e.dataTransfer?.types.includes('Files') ?? false;

const isFilm = (file: File) => file.type.startsWith('video/') || /\.(mkv|mp4|m4v|mov|webm|ogv|avi)$/i.test(file.name);

/** Returns what ends it. */
export function startDrop(): () => void {
  const root = document.documentElement;
  const over = (e: DragEvent) => {
    if (!holdsFile(e)) return;
    e.preventDefault();
    root.dataset.carried = ''; // the page shows that it would take it
  };
  const out = (e: DragEvent) => { if (e.relatedTarget === null) delete root.dataset.carried; };
  const drop = (e: DragEvent) => {
    const file = e.dataTransfer?.files[0];
    if (!holdsFile(e)) return; // words, which a field may take
    e.preventDefault();
    delete root.dataset.carried;
    if (file) take(file);
  };
  document.addEventListener('dragover', over);
  document.addEventListener('dragleave', out);
  document.addEventListener('drop', drop);
  return () => {
    document.removeEventListener('dragover', over);
    document.removeEventListener('dragleave', out);
    document.removeEventListener('drop', drop);
  };
}

function take(file: File): void {
  const v = view.value;
  if (!v) {
    chosen.value = file; // at the entrance; whether it is a film is seen when it is put on
  } else if (v.phase !== 'theatre' && v.phase !== 'broken') {
    // nothing to do with a file there
  } else if (!isFilm(file)) {
    void openSubtitles(file); // or it is said that they are none
  } else if (v.role === 'host') {
    chosen.value = file; // asks first: it would end the film that is on
  } else if (v.media?.kind === 'file') {
    player.unlock();
    playCopy(file);
  } else {
    say(inside().hostsFilm);
  }
}
