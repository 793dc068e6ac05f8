import { readdirSync } from 'node:fs';
import path from 'node:path';
import { defineConfig } from 'vitest/config';

const languages = path.resolve('src/text/languages');
const tags = readdirSync(languages).map((f) => f.replace(/\.ts$/, ''));
const each = (f: (tag: string) => string) => tags.map(f).join(', ');
const words = (tag: string) => JSON.stringify(path.join(languages, `${tag}.ts`));

/** As web/build/languages.go has it, but for the parts, which are the whole language here. */
const made: Record<string, string> = {
  'toile:wasm_exec': '', // the Go runtime's script has no part in these tests
  'toile:languages': `export const languages = [${each((t) => `'${t}'`)}];\n`
    + `export const parts = { ${each((t) => `'${t}': { first: () => import(${words(t)}), inside: () => import(${words(t)}) }`)} };`,
  'toile:offline': `${tags.map((t, i) => `import { offline as l${i} } from ${words(t)};`).join('\n')}\nexport const offline = { ${tags.map((t, i) => `'${t}': l${i}`).join(', ')} };`,
  'toile:language/en/first': `export { first } from ${words('en')};`,
};

export default defineConfig({
  // As web/build bundles: JSX by Preact, and an .svg is its text.
  oxc: { jsx: { runtime: 'automatic', importSource: 'preact' } },
  plugins: [{
    name: 'as-web-build',
    enforce: 'pre',
    resolveId: (id) => id.startsWith('toile:') ? `\0${id}` : null,
    async load(id) {
      if (id.startsWith('\0toile:')) return made[id.slice(1)];
      if (!id.endsWith('.svg')) return null;
      const { readFile } = await import('node:fs/promises');
      return `export default ${JSON.stringify(await readFile(id, 'utf8'))}`;
    },
  }],
  test: { environment: 'happy-dom', include: ['src/**/*.test.{ts,tsx}'], setupFiles: ['src/test.setup.ts'] },
});
