// What kind of element this is, told by how its positions move. Firefox's come in steps of 40 ms, and it moves the moment it
// is told to; Chromium's go smoothly, 40 to 80 ms after. How long its first start took would say it outright, but a busy
// machine adds more to that than the two differ by.

const every = 4; // ms
const close = 12; // ms: two looks further apart tell nothing
const least = 5; // looks that prove anything
const share = 1 / 8; // of them may have found the film moved on by as little as the clock did
const first = 0.025; // s: Chromium stands for a while on its first picture

/** Looks at a film that is about to play, until the returned function is called, which says whether it moved in steps. */
export function watchSteps(film: { readonly currentTime: number }): () => boolean {
  let at = -Infinity, was = 0, looks = 0, smooth = 0;
  const timer = setInterval(() => {
    const now = performance.now();
    const position = film.currentTime;
    if (was > first && now - at <= close) {
      looks++;
      if (position > was && position - was < 1.5 * close / 1000) smooth++;
    }
    at = now;
    was = position;
  }, every);
  return () => {
    clearInterval(timer);
    return looks >= least && smooth < share * looks;
  };
}
