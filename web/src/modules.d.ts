declare module '*.svg' { const text: string; export default text; }
declare module '*.webp' { const url: string; export default url; }
declare module '*.css';
declare module 'toile:wasm_exec';
