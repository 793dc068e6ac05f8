/** The language to speak, one of those: what the address says, then what was chosen before, then what the browser wants,
 * each as it stands or without its region; else English. */
export function chooseLanguage(languages: readonly string[], search: string, stored: string | null, wanted: readonly string[]): string {
  const named = new URLSearchParams(search).get('lang');
  for (const tag of [named, stored, ...wanted]) {
    const one = (t: string | undefined) => languages.find((l) => l.toLowerCase() === t);
    const found = one(tag?.toLowerCase()) ?? one(tag?.toLowerCase().split('-')[0]);
    if (found) return found;
  }
  return 'en';
}
