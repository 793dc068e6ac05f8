// Which addresses a film may have. A guest's browser opens what a host names, so the host must not be able to send it
// into the guest's own network, nor over a line that anybody reads.

/** local: in a network that not everybody is in. */
export type Verdict = 'ok' | 'bad' | 'insecure' | 'local';

const longest = 2048;

/** Judges the address of a film, as seen from a page at base. */
export function judge(address: string, base: string): Verdict {
  let url: URL;
  try {
    url = new URL(address, base);
  } catch {
    return 'bad';
  }
  if (url.href.length > longest || url.username || url.password) return 'bad';
  if (url.protocol !== 'https:' && url.protocol !== 'http:') return 'bad';
  if (url.origin === new URL(base).origin) return 'ok';
  if (url.protocol !== 'https:') return 'insecure';
  return isPrivate(url.hostname) ? 'local' : 'ok';
}

/** Makes an address of what somebody pasted: the link out of a sentence, and "example.org/film.mp4" means https. */
export function complete(text: string): string {
  const trimmed = text.trim();
  if (/^[a-z][a-z0-9+.-]*:(?!\s)/i.test(trimmed) || trimmed.startsWith('/')) return trimmed;
  const link = /https?:\/\/[^\s<>"«»]+/i.exec(trimmed);
  if (link) return link[0].replace(/[.,;:!?)]+$/, '');
  return /^[^\s/]+\.[^\s/]+\//.test(trimmed) ? `https://${trimmed}` : trimmed;
}

/**
 * Judges what somebody typed, once complete. "hello" would be found beside the page, and an invitation is the page
 * itself: neither is a film.
 */
export function judgeTyped(address: string, base: string): Verdict {
  return /^([a-z][a-z0-9+.-]*:|\/)/i.test(address) && !isInvitation(address) ? judge(address, base) : 'bad';
}

/** Whether a text has an invitation's link in it. */
export const isInvitation = (text: string): boolean => /#[\w-]{44}(?![\w-])/.test(text);

/** The site that a film comes from, if it is not the page's own. */
export function foreignSite(address: string, base: string): string {
  try {
    const url = new URL(address, base);
    return url.origin === new URL(base).origin ? '' : url.host;
  } catch {
    return '';
  }
}

/** The film's name as far as its address tells it. */
export function titleOf(address: string): string {
  const last = address.split(/[?#]/)[0]!.split('/').findLast(Boolean) ?? '';
  let name = last;
  try {
    name = decodeURIComponent(last);
  } catch { /* keep it as it is */ }
  return fileTitle(name) || address;
}

/** A file's name without its ending, with spaces for what stands for them. */
export function fileTitle(name: string): string {
  return name.replace(/\.[a-z0-9]{2,5}$/i, '').replace(/[_+]+/g, ' ').trim();
}

function isPrivate(name: string): boolean {
  const host = name.replace(/\.$/, ''); // "router.local." is the same name (RFC 1034 section 3.1)
  if (/(^|\.)(localhost|local|internal|home\.arpa|lan)$/.test(host)) return true;
  if (host.startsWith('[')) { // the parser has made one form of all
    return /^\[(::1?\]|f[cdf]|fe[89ab]|::ffff:|64:ff9b:)/.test(host);
  }
  if (!host.includes('.')) return true; // "router": a name that only this network knows
  const v4 = /^(\d+)\.(\d+)\.\d+\.\d+$/.exec(host);
  if (!v4) return false;
  const [a, b] = [Number(v4[1]), Number(v4[2])];
  return a === 0 || a === 10 || a === 127 || a >= 224 || (a === 100 && b >= 64 && b < 128) || (a === 169 && b === 254)
    || (a === 172 && b >= 16 && b < 32) || (a === 192 && b === 168);
}
