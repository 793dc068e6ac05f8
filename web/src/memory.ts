// What this browser keeps between visits. Storage may be forbidden or full: then it is as if nothing had been kept.

export function recall(key: string): string | null { return attempt(() => localStorage.getItem(`toile.${key}`)); }
export function remember(key: string, value: string): void { attempt(() => localStorage.setItem(`toile.${key}`, value)); }

/** For this tab alone, and gone with it. */
export function recallHere(key: string): string | null { return attempt(() => sessionStorage.getItem(`toile.${key}`)); }
export function rememberHere(key: string, value: string): void { attempt(() => sessionStorage.setItem(`toile.${key}`, value)); }
export function forgetHere(key: string): void { attempt(() => sessionStorage.removeItem(`toile.${key}`)); }

function attempt<T>(f: () => T): T | null {
  try {
    return f();
  } catch {
    return null;
  }
}
