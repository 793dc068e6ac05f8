import { defineConfig } from 'vitest/config';

export default defineConfig({
  // As web/build bundles: JSX by Preact, and an .svg is its text.
  oxc: { jsx: { runtime: 'automatic', importSource: 'preact' } },
  plugins: [{
    name: 'as-web-build',
    enforce: 'pre',
    resolveId: (id) => id.startsWith('toile:') ? `\0${id}` : null,
    async load(id) {
      if (id.startsWith('\0toile:')) return ''; // the Go runtime's script has no part in these tests
      if (!id.endsWith('.svg')) return null;
      const { readFile } = await import('node:fs/promises');
      return `export default ${JSON.stringify(await readFile(id, 'utf8'))}`;
    },
  }],
  test: { environment: 'happy-dom', include: ['src/**/*.test.{ts,tsx}'] },
});
