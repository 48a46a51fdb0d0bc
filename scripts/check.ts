import { run } from './run.ts';

// Everything CI checks, in its order. The build also makes the declarations that lint and floors read.
const steps = ['format:check', 'build', 'typecheck', 'lint', 'floors', 'dead', 'generated:check'] as const;

for (const step of steps) {
  const started = performance.now();
  const ok = run('npm', ['run', '--silent', step]);
  const seconds = ((performance.now() - started) / 1000).toFixed(1);
  console.log(`${ok ? 'ok    ' : 'FAILED'} ${step} (${seconds} s)`);
  if (!ok) process.exit(1);
}
