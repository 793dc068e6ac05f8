// Reads a file of subtitles, SubRip or WebVTT, into cues.

export interface Cue { from: number; to: number; text: string } // s; text may have WebVTT's tags

/** Bytes as text: what says of itself that it is Unicode, or proves to be; else the old files of Western Europe. */
export function decode(bytes: Uint8Array<ArrayBuffer>): string {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return new TextDecoder('utf-16le').decode(bytes);
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return new TextDecoder('utf-16be').decode(bytes);
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return new TextDecoder('windows-1252').decode(bytes);
  }
}

const times = /^\s*(?:(\d+):)?(\d{1,2}):(\d{2})[.,](\d{1,3})\s*-->\s*(?:(\d+):)?(\d{1,2}):(\d{2})[.,](\d{1,3})/;

/** The cues of a file, in the order of their beginnings; none, if it is no such file. */
export function readCues(text: string): Cue[] {
  const found: Cue[] = [];
  for (const block of text.replace(/\r\n?/g, '\n').split(/\n[ \t]*\n/)) {
    const lines = block.split('\n');
    const i = lines.findIndex((l) => times.test(l));
    if (i < 0) continue;
    const [from, to] = both(times.exec(lines[i]!)!);
    const said = lines.slice(i + 1).join('\n').replace(/\{\\[^}]*\}/g, '').trim(); // {\an8} and its like are another format's
    if (to > from && said) found.push({ from, to, text: said });
  }
  return found.sort((a, b) => a.from - b.from);
}

function both(m: RegExpExecArray): [number, number] {
  const at = (i: number) => Number(m[i] ?? 0) * 3600 + Number(m[i + 1]) * 60 + Number(m[i + 2]) + Number(m[i + 3]!.padEnd(3, '0')) / 1000;
  return [at(1), at(5)];
}
