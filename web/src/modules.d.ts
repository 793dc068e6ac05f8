declare module '*.svg' { const text: string; export default text; }
declare module '*.webp' { const url: string; export default url; }
declare module '*.css';
declare module 'toile:wasm_exec';
declare module 'emojibase-data/*/compact.json' {
  const all: { unicode: string; label: string; tags?: string[]; group?: number; order?: number }[];
  export default all;
}
