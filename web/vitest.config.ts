import { defineConfig } from 'vitest/config';

export default defineConfig({
  // As web/build bundles: JSX by Preact, and an .svg is its text.
  oxc: { jsx: { runtime: 'automatic', importSource: 'preact' } },
  plugins: [{
    name: 'svg-as-text',
    enforce: 'pre',
    async load(id) {
      if (!id.endsWith('.svg')) return null;
      const { readFile } = await import('node:fs/promises');
      return `export default ${JSON.stringify(await readFile(id, 'utf8'))}`;
    },
  }],
  test: { environment: 'happy-dom', include: ['src/**/*.test.{ts,tsx}'] },
});
