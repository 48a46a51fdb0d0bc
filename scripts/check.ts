import { spawn } from 'node:child_process';
import { root } from './run.ts';

// Everything CI checks, in two lanes side by side. The build also makes the declarations that lint and floors read.
const lanes = [
  ['build', 'typecheck', 'lint', 'floors'],
  ['format:check', 'dead'],
] as const;

/** Runs the steps of a lane until one fails; true when none did. What a step prints is shown when it is over. */
async function goThrough(steps: readonly string[]): Promise<boolean> {
  for (const step of steps) {
    const started = performance.now();
    const { ok, output } = await npmRun(step);
    const seconds = ((performance.now() - started) / 1000).toFixed(1);
    console.log(`${output}${ok ? 'ok    ' : 'FAILED'} ${step} (${seconds} s)`);
    if (!ok) return false;
  }
  return true;
}

/** Runs a script of the root package with what it prints, both streams in their order. */
function npmRun(script: string): Promise<{ readonly ok: boolean; readonly output: string }> {
  const child = spawn('npm', ['run', '--silent', script], { cwd: root, stdio: ['ignore', 'pipe', 'pipe'] });
  let output = '';
  for (const stream of [child.stdout, child.stderr])
    stream.setEncoding('utf8').on('data', (text: string) => (output += text));
  return new Promise((done) => {
    child.once('error', (error) => done({ ok: false, output: `${output}${error.message}\n` }));
    child.once('close', (code) => done({ ok: code === 0, output }));
  });
}

const passed = await Promise.all(lanes.map((steps) => goThrough(steps)));
// Last and alone: it runs the tests that the page of conformance names, on all cores.
if (passed.includes(false) || !(await goThrough(['generated:check']))) process.exitCode = 1;
