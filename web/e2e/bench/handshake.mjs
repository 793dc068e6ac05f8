// make bench-handshake, the part in Chromium: the same Go benchmarks, in the engine and on the clock that people have.
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { root } from '../films.mjs';
import { startBrowser } from '../processes.mjs';

const dir = mkdtempSync(path.join(tmpdir(), 'toile-bench-'));
const browser = await startBrowser('chrome', 'en');
try {
  const wasm = path.join(dir, 'bench.wasm');
  execFileSync('go', ['test', '-c', '-o', wasm, './signaling'], { cwd: root, env: { ...process.env, GOOS: 'js', GOARCH: 'wasm' }, stdio: 'inherit' });
  const goroot = execFileSync('go', ['env', 'GOROOT'], { encoding: 'utf8' }).trim();
  const [page] = await browser.pages();
  page.on('console', (m) => { if (/^(Benchmark|cpu|FAIL|panic)/.test(m.text())) console.log(m.text()); });
  await page.goto('about:blank');
  await page.addScriptTag({ content: readFileSync(path.join(goroot, 'lib/wasm/wasm_exec.js'), 'utf8') });
  const code = await page.evaluate(async (base64) => {
    const go = new globalThis.Go();
    go.argv = ['signaling.test', '-test.run=^$', '-test.bench=Handshake|Refusal'];
    const ended = new Promise((done) => { go.exit = done; });
    const bytes = Uint8Array.from(atob(base64), (c) => c.charCodeAt(0));
    const { instance } = await WebAssembly.instantiate(bytes, go.importObject);
    await go.run(instance);
    return ended;
  }, readFileSync(wasm).toString('base64'));
  console.log(`${await browser.version()}: exit ${code}`);
  process.exitCode = code;
} finally {
  await browser.close();
  rmSync(dir, { recursive: true });
}
