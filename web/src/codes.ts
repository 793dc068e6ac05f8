// What can go wrong has a stable code on every wire and at the border to the peer; the sentences are in text/.

export const codes = [
  // how a party is entered and left
  'link-invalid', 'link-version', 'link-wrong', 'room-not-found', 'party-over', 'host-lost', 'host-away', 'connect-failed',
  'server-away', 'server-busy', 'room-full', 'version', 'replaced', 'tampered', 'protocol', 'rejoining', 'not-allowed',
  // what the host decides about people
  'kicked', 'locked', 'refused', 'unanswered',
  // what the browser lacks
  'no-webrtc', 'no-wasm', 'no-websocket',
  // the film, which concerns one person alone
  'film-not-found', 'film-cors', 'film-codec', 'film-not-a-film', 'film-network', 'film-pick', 'film-insecure',
  // the page's own
  'crashed',
] as const;

export type Code = (typeof codes)[number];

/** A code that this page does not know comes from a newer peer. */
export function known(code: string): Code {
  return (codes as readonly string[]).includes(code) ? code as Code : 'protocol';
}
