import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { beforeAll, describe, expect, it } from 'vitest';
import { BOMBS } from './bombs.ts';

interface Outcome {
  readonly name: string;
  readonly codes: readonly string[];
  readonly ms: number;
}

/** What a worker of the server gets, in MiB. */
const HEAP = 256;

/** Processor time of the slowest one in milliseconds; wide, because machines differ. What is quadratic takes minutes. */
const MAX_MS = 15_000;

const root = fileURLToPath(new URL('../../../../', import.meta.url));
const outcomes = new Map<string, Outcome>();

describe('limits', () => {
  // All of them in one process with little memory: none may crash it, and none may leave anything behind.
  beforeAll(async () => {
    const program = fileURLToPath(new URL('./compile-bombs.ts', import.meta.url));
    const tsx = ['--import', 'tsx', `--max-old-space-size=${HEAP}`];
    const env = { ...process.env, TSX_TSCONFIG_PATH: `${root}tsconfig.floors.json` };
    const { stdout } = await promisify(execFile)(process.execPath, [...tsx, program], { cwd: root, env });
    for (const line of stdout.trim().split('\n')) {
      const outcome = JSON.parse(line) as Outcome;
      outcomes.set(outcome.name, outcome);
    }
  }, 240_000);

  it.each(BOMBS.map(({ name, code }) => [name, code] as const))('meet %s', (name, code) => {
    const { codes = [], ms = Infinity } = outcomes.get(name) ?? {};
    if (code !== undefined) expect(codes).toContain(code);
    expect(ms).toBeLessThan(MAX_MS);
  });
});
