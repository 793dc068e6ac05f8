// What else the machine did meanwhile: a figure from a busy machine is a figure of the machine.
import { cpus, loadavg } from 'node:os';
import { readFileSync } from 'node:fs';

function times() {
  const [, user, nice, system, idle, iowait, irq, softirq, steal] = readFileSync('/proc/stat', 'utf8').split('\n')[0].split(/\s+/).map(Number);
  return { busy: user + nice + system + irq + softirq, idle: idle + iowait, steal };
}

/** Call once at the beginning; the result tells the shares of time since, in percent. */
export function watchMachine() {
  const was = times();
  return () => {
    const is = times();
    const all = is.busy + is.idle + is.steal - was.busy - was.idle - was.steal;
    return { busy: 100 * (is.busy - was.busy) / all, steal: 100 * (is.steal - was.steal) / all };
  };
}

export function describeMachine() { return `${cpus().length} × ${cpus()[0].model}, load ${loadavg()[0].toFixed(1)}`; }
