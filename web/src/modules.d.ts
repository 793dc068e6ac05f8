declare module '*.svg' { const text: string; export default text; }
declare module '*.webp' { const url: string; export default url; }
declare module '*.css';
declare module 'toile:wasm_exec';
declare module 'emojibase-data/*/compact.json' {
  const all: { unicode: string; label: string; tags?: string[]; group?: number; order?: number }[];
  export default all;
}
// Made of text/languages by web/build/languages.go.
declare module 'toile:languages' {
  export const languages: readonly string[];
  export const parts: Record<string, {
    first(): Promise<{ first: import('./text').First }>;
    inside(): Promise<{ inside: import('./text').Inside; emoji: import('./text').Emoji }>;
  }>;
}
declare module 'toile:language/en/first' { export const first: import('./text').First; }
declare module 'toile:offline' { export const offline: Record<string, import('./text').Offline>; }
