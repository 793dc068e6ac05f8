// The border to the peer, which is Go: wasm/ implements exactly this. State comes up as whole snapshots, intents and
// observations go down. Times: seconds in the film, milliseconds of performance.now().

/** file: name and size are of the host's copy; each person picks their own. */
export interface Media { id: number; kind: 'url' | 'file'; url: string; title: string; name: string; size: number; duration: number }
export type Choice = Omit<Media, 'id'>;

export interface Person {
  id: number; name: string; hue: number; host: boolean; me: boolean;
  state: 'ok' | 'buffering' | 'weak' | 'no-film';
  offset: number | null; // ms from the party
  rtt: number | null; // ms
}

export interface Line {
  seq: number; kind: 'text' | 'joined' | 'left' | 'lost' | 'played' | 'paused' | 'sought' | 'rated' | 'media';
  who: number; name: string; hue: number;
  position: number; // in the film
  text: string;
  value: number; // rated: the speed; sought: where to
  pending: boolean; mine: boolean;
  post: number; // numbers one's own lines while they have no seq
}

export interface View {
  phase: 'connecting' | 'lobby' | 'theatre' | 'broken' | 'ended';
  code: string;
  role: 'host' | 'guest';
  me: number;
  invitation: string; // the fragment, 44 characters
  server: 'connected' | 'away' | 'left';
  media: Media | null;
  people: readonly Person[];
  lines: readonly Line[]; // the same array while unchanged
  timeline: {
    position: number;
    rate: number; // 0: paused
    at: number; // when position holds; may be in the future
    speed: number; // kept while paused
    resuming: boolean; // paused only until everybody stands ready again
  };
  sync: { state: 'measuring' | 'adrift' | 'close' | 'synced'; offset: number | null; uncertainty: number | null; rtt: number | null };
  may: { drive: boolean; everyone: boolean };
}

export type Intent =
  | { type: 'join'; name: string; hue: number }
  | { type: 'play' } | { type: 'pause' }
  | { type: 'seek'; position: number }
  | { type: 'rate'; rate: number }
  | { type: 'say'; text: string }
  | { type: 'media'; media: Choice }
  | { type: 'allow'; everyone: boolean }
  | { type: 'film'; state: 'none' | 'loading' | 'ready' | 'failed' }
  | { type: 'rejoin' } | { type: 'leave' };

export interface Command { do: 'hold' | 'start' | 'rate' | 'jump'; position: number; rate: number; at: number }

export interface Options {
  role: 'host' | 'guest';
  signaling: string;
  invitation: string; // what a guest opened or pasted
  name: string; hue: number;
  media: Choice | null;
  show(v: View): void;
  apply(c: Command): void;
}

export interface Peer {
  do(i: Intent): void;
  observe(at: number, position: number, duration: number, buffered: number, rate: number, ready: number, flags: number): void;
}

/** The bits of observe's flags. */
export const flag = { paused: 1, seeking: 2, waiting: 4, ended: 8, hidden: 16, muted: 32 } as const;

declare global {
  var toile: ((o: Options) => Peer) | undefined;
}
