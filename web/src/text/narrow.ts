/** French sets a narrow space, on which no line breaks, before its high marks: the Imprimerie nationale’s rules. Written
 * with plain spaces, words are given them by this. */
export function narrow<T>(value: T): T {
  if (typeof value === 'string') {
    return value.replace(/ ([?!:;»])/g, '\u202f$1').replace(/« /g, '«\u202f') as T;
  }
  if (typeof value === 'function') return ((...a: unknown[]) => narrow((value as (...a: unknown[]) => unknown)(...a))) as T;
  if (Array.isArray(value)) return value.map(narrow) as T;
  if (typeof value === 'object' && value !== null) {
    return Object.fromEntries(Object.entries(value).map(([k, v]) => [k, narrow(v)])) as T;
  }
  return value;
}
