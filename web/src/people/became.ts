// A rule became another: the sentence that the chat has for it.
import { inside } from '../text';

/** rule: what Line.text names. A newer host may have rules that this page does not know. */
export function became(rule: string): string {
  const words: Record<string, string> = inside().became;
  return words[rule] ?? inside().rules.title;
}
