// Why a film does not play, as well as a browser lets a page know. Asked only after the element has failed.
// Other sites cannot be asked: the page's policy forbids connections to them (connect-src), so there the element's own
// words and the address must do.
import type { Code } from './codes';

export interface Failure { code: number; message: string } // MediaError
export type CanPlay = (type: string) => string; // HTMLMediaElement.canPlayType

export async function explain(failure: Failure, source: string | File, canPlay: CanPlay): Promise<Code> {
  if (typeof source !== 'string') return explainFile(source);
  if (!navigator.onLine || failure.code === 2) return 'film-network';
  if (failure.code === 3) return 'film-codec';
  const url = new URL(source, location.href);
  if (url.origin === location.origin) return explainOwn(url);
  return explainForeign(url, failure.message, canPlay);
}

async function explainFile(file: File): Promise<Code> {
  try {
    return isContainer(new Uint8Array(await file.slice(0, 64).arrayBuffer())) ? 'film-codec' : 'film-not-a-film';
  } catch {
    return 'film-not-found'; // it was moved or its disk is gone
  }
}

async function explainOwn(url: URL): Promise<Code> {
  let response: Response;
  try {
    response = await fetch(url, { headers: { Range: 'bytes=0-63' }, signal: AbortSignal.timeout(5000) });
  } catch {
    return 'film-network';
  }
  if (response.status === 404 || response.status === 410) return 'film-not-found';
  if (response.status === 401 || response.status === 403) return 'film-cors';
  if (!response.ok) return 'film-network';
  try {
    const reader = response.body!.getReader(); // a server that knows no ranges would send it all
    const { value } = await reader.read();
    reader.cancel().catch(() => {});
    return isContainer(value ?? new Uint8Array()) ? 'film-codec' : 'film-not-a-film';
  } catch {
    return 'film-network';
  }
}

const pages = /(^|\.)(youtube\.com|youtu\.be|vimeo\.com|dailymotion\.com|twitch\.tv|netflix\.com|arte\.tv|france\.tv)$/;
const types: Record<string, string> = {
  mkv: 'video/x-matroska', avi: 'video/x-msvideo', wmv: 'video/x-ms-wmv', flv: 'video/x-flv', ts: 'video/mp2t',
  mpg: 'video/mpeg', mpeg: 'video/mpeg', m3u8: 'application/vnd.apple.mpegurl', mpd: 'application/dash+xml',
};

function explainForeign(url: URL, message: string, canPlay: CanPlay): Code {
  // What Chromium and Firefox say of themselves.
  if (/\b(404|410)\b/.test(message)) return 'film-not-found';
  if (/NO_SUPPORTED_STREAMS|no decoders/i.test(message)) return 'film-codec';
  if (/COULD_NOT_(OPEN|PARSE)|METADATA_ERR/.test(message)) return 'film-not-a-film';
  const ending = /\.([a-z0-9]+)$/i.exec(url.pathname)?.[1]?.toLowerCase() ?? '';
  if (pages.test(url.hostname) || /^(html?|php|aspx?|jpe?g|png|gif|pdf|zip|torrent)$/.test(ending)) return 'film-not-a-film';
  if (types[ending] && canPlay(types[ending]) === '') return 'film-codec';
  return 'film-cors';
}

/** Whether these are the first bytes of a file that can hold a film. */
export function isContainer(b: Uint8Array): boolean {
  const text = (from: number, to: number) => String.fromCharCode(...b.subarray(from, to));
  return ['ftyp', 'moov', 'mdat', 'free', 'skip', 'wide'].includes(text(4, 8)) // ISO base media, QuickTime
    || text(0, 4) === '\x1a\x45\xdf\xa3' // Matroska, WebM
    || text(0, 4) === 'OggS' || text(0, 3) === 'FLV'
    || (text(0, 4) === 'RIFF' && text(8, 12) === 'AVI ')
    || text(0, 4) === '\x00\x00\x01\xba' // MPEG program stream
    || text(0, 4) === '\x30\x26\xb2\x75' // ASF
    || (b[0] === 0x47 && (b.length < 189 || b[188] === 0x47) && b.length >= 64); // MPEG transport stream
}
