// Waiting, roughly and exactly.

export function wait(ms: number): Promise<void> { return new Promise((done) => setTimeout(done, ms)); }

/** Resolves at an instant of performance.now(), to well under a millisecond. Timers are late by a few milliseconds, so
 * the last twenty go by messages and the last two by looking at the clock. */
export async function instant(at: number): Promise<void> {
  const left = () => at - performance.now();
  // A hidden page's timers come once a second; its messages come at once.
  if (left() > 20 && !(document.hidden && left() < 1500)) await wait(left() - (document.hidden ? 1200 : 20));
  if (left() > 2) {
    const channel = new MessageChannel();
    await new Promise<void>((done) => {
      channel.port1.onmessage = () => { if (left() > 2) channel.port2.postMessage(0); else done(); };
      channel.port2.postMessage(0);
    });
    channel.port1.close();
  }
  while (left() > 0) { /* for at most 2 ms */ }
}
