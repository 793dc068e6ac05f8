import { setTimeout as pause } from 'node:timers/promises';

/**
 * Waits until check() gives something true, and returns it. The limit is generous: the machine may be busy, and a test
 * should tell what is broken, not what is slow. An exception counts as "not yet" and is told at the end.
 */
export async function until(what, check, { within = 30_000, describe } = {}) {
  const end = performance.now() + within;
  let last;
  for (;;) {
    try {
      const got = await check();
      if (got) return got;
      last = undefined;
    } catch (error) {
      last = error;
    }
    if (performance.now() > end) {
      const more = describe ? `\n${await describe()}` : '';
      throw new Error(`not within ${within / 1000} s: ${what}${more}`, { cause: last });
    }
    await pause(50);
  }
}

/** Fails as soon as check() gives something false during ms. For what must stay as it is. */
export async function throughout(ms, what, check) {
  const end = performance.now() + ms;
  while (performance.now() < end) {
    if (!await check()) throw new Error(`did not stay so: ${what}`);
    await pause(50);
  }
}
