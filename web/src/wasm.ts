// Brings the peer: fetched and compiled while people still fill in a form, started when they open a door.
import type { Code } from './codes';
import type { Options, Peer } from './peer';

interface Go { importObject: WebAssembly.Imports; run(instance: WebAssembly.Instance): Promise<void> }
declare global { var Go: (new () => Go) | undefined }

/** Why there is no peer, as a code. */
export class PeerError extends Error {
  constructor(readonly code: Code, cause?: unknown) { super(code, { cause }); }
}

let compiled: Promise<WebAssembly.Module> | undefined;
let started: Promise<(o: Options) => Peer> | undefined;

/** What the browser lacks, if anything. */
export function missing(): Code | '' {
  if (typeof WebAssembly === 'undefined') return 'no-wasm';
  if (typeof RTCPeerConnection === 'undefined') return 'no-webrtc';
  if (typeof WebSocket === 'undefined') return 'no-websocket';
  return '';
}

/** Fetches and compiles ahead. What goes wrong is told when the peer is needed. */
export function warm(): void {
  if (!missing()) compile().catch(() => {});
}

/** Gives the peer's one function; onStop is called if the peer ever stops. */
export function loadPeer(onStop: () => void): Promise<(o: Options) => Peer> {
  started ??= start(onStop).catch((error: unknown) => {
    started = undefined;
    throw error instanceof PeerError ? error : new PeerError('no-wasm', error);
  });
  return started;
}

function compile(): Promise<WebAssembly.Module> {
  compiled ??= fetchModule().catch((error: unknown) => {
    compiled = undefined; // the next try asks the network again
    throw error;
  });
  return compiled;
}

async function fetchModule(): Promise<WebAssembly.Module> {
  const url = document.querySelector<HTMLMetaElement>('meta[name="toile-wasm"]')?.content ?? '';
  let response: Response;
  try {
    response = await fetch(url);
  } catch (error) {
    throw new PeerError('server-away', error);
  }
  if (!response.ok) throw new PeerError('server-away', response.status);
  return WebAssembly.compileStreaming(response);
}

async function start(onStop: () => void): Promise<(o: Options) => Peer> {
  const lacking = missing();
  if (lacking) throw new PeerError(lacking);
  let module: WebAssembly.Module;
  try {
    [module] = await Promise.all([compile(), import('toile:wasm_exec')]);
  } catch (error) {
    if (error instanceof TypeError) throw new PeerError('server-away', error); // the script did not come
    throw error;
  }
  const go = new globalThis.Go!();
  const instance = await WebAssembly.instantiate(module, go.importObject);
  void go.run(instance).then(onStop, onStop); // it runs for as long as the page does
  const open = globalThis.toile;
  if (!open) throw new PeerError('crashed');
  return open;
}
