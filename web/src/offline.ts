// Lets the browser install the page, and say in words what it needs when there is no network: see public/sw.js.

interface Policy { createScriptURL(url: string): unknown }
declare global {
  var trustedTypes: { createPolicy(name: string, rules: { createScriptURL(url: string): string }): Policy } | undefined;
}

const script = '/sw.js';

export function startWorker(): void {
  if (!('serviceWorker' in navigator)) return; // a page without TLS, or a private window
  // The page's policy lets no text become a script's address, but for this one.
  const trusted = globalThis.trustedTypes?.createPolicy('toile', {
    createScriptURL(url) {
      if (url !== script) throw new TypeError(url);
      return url;
    },
  }).createScriptURL(script) ?? script;
  navigator.serviceWorker.register(trusted as string, { updateViaCache: 'none' }).catch(() => {}); // it is a convenience
}
