import { expect, test } from 'vitest';
import { Captions, plain } from './captions';

class List extends EventTarget {
  tracks: FakeTrack[] = [];
  [Symbol.iterator]() { return this.tracks[Symbol.iterator](); }
  put(...tracks: FakeTrack[]) { this.tracks = tracks; this.dispatchEvent(new Event('addtrack')); }
}
interface FakeTrack { kind: string; label: string; language: string; mode: string; activeCues: { text: string }[]; oncuechange: (() => void) | null }
const aTrack = (language: string, kind = 'subtitles'): FakeTrack => ({ kind, label: '', language, mode: 'disabled', activeCues: [], oncuechange: null });
function captions(language = '') {
  const list = new List();
  return { list, c: new Captions(list as unknown as TextTrackList, language) };
}

test('chapters and metadata are no captions', () => {
  const { list, c } = captions();
  list.put(aTrack('', 'chapters'), aTrack('en'));
  expect(c.tracks.value.map((t) => t.language)).toEqual(['en']);
  expect(c.chosen.value).toBe(-1);
});

test('the person\'s own language comes first, and is drawn by the page alone', () => {
  const { list, c } = captions('fr');
  const [en, fr] = [aTrack('en'), aTrack('fr')];
  list.put(en, fr);
  c.toggle();
  expect([en.mode, fr.mode, c.chosen.value]).toEqual(['disabled', 'hidden', 1]);
  fr.activeCues = [{ text: '<i>Bonjour</i>\n&amp; bienvenue' }];
  fr.oncuechange!();
  expect(c.lines.value).toEqual(['Bonjour', '& bienvenue']);
  c.toggle();
  expect([fr.mode, c.lines.value, fr.oncuechange]).toEqual(['disabled', [], null]);
});

test('a track that the browser shows by itself becomes the chosen one', () => {
  const { list, c } = captions();
  const en = aTrack('en');
  list.put(en);
  en.mode = 'showing';
  list.dispatchEvent(new Event('change'));
  expect([en.mode, c.chosen.value]).toEqual(['hidden', 0]);
});

test('a film takes its captions along', () => {
  const { list, c } = captions();
  list.put(aTrack('en'));
  c.toggle();
  list.put();
  expect([c.chosen.value, c.lines.value, c.tracks.value]).toEqual([-1, [], []]);
});

test('tags and escapes of WebVTT', () => {
  expect(plain('<v Ana>1 &lt; 2</v>\r\n<c.loud>Tea</c> &unknown;')).toEqual(['1 < 2', 'Tea &unknown;']);
});
