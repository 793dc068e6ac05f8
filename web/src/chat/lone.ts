/* oxlint-disable no-misleading-character-class -- classes of code points are what is meant */

/** One to six emoji and nothing else are worth being seen. */
export function isLoneEmoji(text: string): boolean {
  if (!/^(?:\p{Extended_Pictographic}|[\u{1F1E6}-\u{1F1FF}\u{1F3FB}-\u{1F3FF}\u{E0020}-\u{E007F}\u200d\ufe0f]|\s)+$/u.test(text)) return false;
  const n = text.match(/\p{Extended_Pictographic}(?:\u200d\p{Extended_Pictographic}|[\ufe0f\u{1F3FB}-\u{1F3FF}])*|[\u{1F1E6}-\u{1F1FF}]{2}/gu)?.length ?? 0;
  return n > 0 && n <= 6;
}
