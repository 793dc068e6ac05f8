// Draws the icons of the installed page from public/icons/icon.svg. Run by `make icons` when the drawing changes; the
// pictures are kept in git, so that a build needs no browser.
import { execFileSync } from 'node:child_process';
import { readFileSync, rmSync } from 'node:fs';
import path from 'node:path';
import { root } from './films.mjs';
import { startBrowser } from './processes.mjs';

const dir = path.join(root, 'web/public/icons');
const svg = readFileSync(path.join(dir, 'icon.svg'), 'utf8');
// Systems cut a maskable icon to a shape that keeps at least its inner 80 % (https://www.w3.org/TR/appmanifest/#icon-masks),
// and round Apple's by themselves; the others are shown as they are.
const icons = [['192.png', 192, 'rounded'], ['512.png', 512, 'rounded'], ['maskable-512.png', 512, 'full'], ['apple-180.png', 180, 'full']];

const browser = await startBrowser('chrome', 'en');
try {
  const page = await browser.newPage();
  for (const [name, size, shape] of icons) {
    await page.setViewport({ width: size, height: size });
    await page.setContent(`<style>*{margin:0}svg{display:block;width:100vw;height:100vh}.rounded{border-radius:22%}</style>${svg.replace('<svg ', `<svg class="${shape}" `)}`);
    const [drawn, out] = [path.join(dir, `drawn-${name}`), path.join(dir, name)];
    await page.screenshot({ path: drawn, omitBackground: true });
    // 256 colours are a quarter of the bytes.
    execFileSync('ffmpeg', ['-v', 'error', '-y', '-i', drawn, '-vf', 'split[a][b];[a]palettegen[p];[b][p]paletteuse=dither=sierra2_4a', out]);
    rmSync(drawn);
  }
} finally {
  await browser.close();
}
