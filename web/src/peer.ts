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
  drives: boolean; // may use the remote
  muted: boolean; // may not write in the chat
  typing: boolean;
  ready: boolean; // said so in the ready check
  asks: boolean; // for the remote
  hidden: boolean; // their tab is behind another, or the window put away
  relayed: boolean; // no straight way was found: their link to the host goes by a relay
  device: Device | '';
  uncertainty: number | null; // ms that offset may be wrong by (two standard errors)
}

export type Device = 'computer' | 'phone' | 'terminal';

/** What the host decided for the whole party. muted: the host alone writes in the chat. */
export interface Rules {
  drive: 'host' | 'chosen' | 'everyone';
  wait: 'auto' | 'always' | 'never';
  locked: boolean; // nobody new comes in
  approve: boolean; // who is new knocks first
  muted: boolean;
}

/** Floats over everybody's film, once, at the same instant. */
export interface Reaction { id: number; who: number; name: string; hue: number; emoji: string; at: number }

export interface Line {
  seq: number; kind: 'text' | 'joined' | 'left' | 'lost' | 'played' | 'paused' | 'sought' | 'rated' | 'media'
    | 'kicked' | 'muted' | 'unmuted' | 'renamed' | 'rules' | 'granted' | 'revoked' | 'cleared' | 'locked' | 'unlocked' | 'waited';
  // The person whom it is about. What a rule became is in text, by its name (people/became.ts); so is a new name.
  who: number; name: string; hue: number;
  position: number; // in the film
  text: string;
  value: number; // rated: the speed; sought: where to; waited: for how many seconds
  pending: boolean; mine: boolean;
  post: number; // numbers one's own lines while they have no seq
  reply: number; // the seq that it answers, 0: none
  erased: boolean; // its text is gone
}

export interface View {
  phase: 'connecting' | 'lobby' | 'knocking' | 'theatre' | 'broken' | 'ended';
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
  sync: { state: 'measuring' | 'adrift' | 'close' | 'synced'; offset: number | null; uncertainty: number | null; rtt: number | null;
    trim: number; // ms that this person shifts their own film by
    safe: boolean; // false: this browser cannot hold a rate finely
  };
  may: { drive: boolean; chat: boolean; everyone: boolean };
  rules: Rules;
  knocking: readonly { id: number; name: string; hue: number }[]; // who waits at the host's door
  check: { by: number; since: number } | null; // a ready check is under way
  countdown: { at: number } | null; // the film starts at this instant
  waiting: { for: readonly number[]; since: number; until: number } | null; // the party waits for these people
  undo: { position: number; until: number } | null; // a jump that can still be taken back
  reactions: readonly Reaction[]; // of the last five seconds; the same array while unchanged
}

export type Intent =
  | { type: 'join'; name: string; hue: number }
  | { type: 'play' } | { type: 'pause' }
  | { type: 'seek'; position: number }
  | { type: 'rate'; rate: number }
  | { type: 'restore'; position: number; speed: number; playing: boolean } // after a host's reload: nobody's deed
  | { type: 'say'; text: string; reply?: number }
  | { type: 'react'; emoji: string }
  | { type: 'erase'; seq: number } | { type: 'clear' }
  | { type: 'typing'; on: boolean }
  | { type: 'rename'; name: string; hue: number }
  | { type: 'rules'; rules: Partial<Rules> }
  | { type: 'grant'; id: number; on: boolean } | { type: 'ask-remote'; on: boolean }
  | { type: 'kick'; id: number } | { type: 'mute'; id: number; on: boolean } | { type: 'admit'; id: number; on: boolean }
  | { type: 'new-link' } // the host replaces the invitation
  | { type: 'check'; on: boolean } | { type: 'ready'; on: boolean }
  | { type: 'countdown'; seconds: number } // 0: call it off
  | { type: 'undo' } | { type: 'resync' } | { type: 'trim'; ms: number } | { type: 'go-on' }
  | { type: 'device'; kind: Device }
  | { type: 'media'; media: Choice }
  | { type: 'allow'; everyone: boolean }
  | { type: 'film'; state: 'none' | 'loading' | 'ready' | 'failed' }
  | { type: 'rejoin' } | { type: 'leave' };

export interface Command { do: 'hold' | 'start' | 'rate' | 'jump'; position: number; rate: number; at: number }

export interface Options {
  role: 'host' | 'guest';
  signaling: string;
  invitation: string; // what a guest opened or pasted
  room: string; // what Peer.room() told a host before it reloaded, '': a new one
  name: string; hue: number;
  media: Choice | null;
  show(v: View): void;
  apply(c: Command): void;
}

export interface Peer {
  do(i: Intent): void;
  observe(at: number, position: number, duration: number, buffered: number, rate: number, ready: number, flags: number,
    late: number /* ms: how long after its moment the last start was called */): void;
  /** Rows of at (ms), offset (ms), delay (ms), rate correction (ppm) of the last three minutes, oldest first. */
  history(): Float64Array;
  /** The keys of a host's room. Whoever has them can be this host. */
  room(): string;
}

/** The bits of observe's flags. */
export const flag = { paused: 1, seeking: 2, waiting: 4, ended: 8, hidden: 16, muted: 32, prompt: 64 } as const;

declare global {
  var toile: ((o: Options) => Peer) | undefined;
}
