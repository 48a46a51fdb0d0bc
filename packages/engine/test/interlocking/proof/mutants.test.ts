import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { runnerImport, type Plugin } from 'vite';
import { describe, expect, it, vi } from 'vitest';
import type { Found, Hunt } from './hunt.ts';
import { MUTANTS, type Mutant } from './mutants.ts';

const SEED = 1;
/** What the tests tell in all is twenty times as much. */
const MOST = 250;

vi.setConfig({ testTimeout: 300_000 });

/** The broken engine, the laws and the reference, in a world of modules of their own. */
async function worldOf(mutant: Mutant): Promise<{ readonly hunt: Hunt }> {
  const { module } = await runnerImport<{ readonly hunt: Hunt }>(path('./hunt.ts'), {
    configFile: false,
    logLevel: 'error',
    plugins: [breaking(mutant)],
    resolve: {
      alias: ['engine', 'model', 'expressions'].map((name) => ({
        find: new RegExp(`^@signalbox/${name}$`),
        replacement: path(`../../../../${name}/src/index.ts`),
      })),
    },
  });
  return module;
}

function breaking({ file, snippet, replacement }: Mutant): Plugin {
  const broken = path(`../../../src/interlocking/${file}`);
  return {
    name: 'mutant',
    enforce: 'pre',
    transform: (code, id) => (id === broken ? code.replace(snippet, () => replacement) : undefined),
  };
}

function path(relative: string): string {
  return fileURLToPath(new URL(relative, import.meta.url));
}

describe('an engine in which', () => {
  for (const mutant of MUTANTS) {
    it(`${mutant.what} is found out by ${mutant.laws?.join(' or ') ?? 'the reference'}`, async () => {
      const source = readFileSync(path(`../../../src/interlocking/${mutant.file}`), 'utf8');
      expect(source.split(mutant.snippet), 'the snippet occurs once').toHaveLength(2);
      const { hunt } = await worldOf(mutant);
      const most = mutant.laws === undefined ? 0 : MOST;
      const byLaws: Found | undefined = hunt({ seed: SEED, most });
      const byReference: Found | undefined = hunt({ laws: false, reference: true, seed: SEED, most: MOST });
      console.log(`${mutant.what}\n  laws: ${lineOf(byLaws)}\n  reference: ${lineOf(byReference)}`);
      if (mutant.laws === undefined) expect(byReference?.broken).toContain('reference');
      else expect(mutant.laws.filter((law) => byLaws?.broken.includes(law))).toHaveLength(1);
    });
  }
});

function lineOf(found: Found | undefined): string {
  return found === undefined ? 'nothing' : `history ${found.histories}, ${found.broken}`;
}
