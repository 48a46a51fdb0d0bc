import { formatDiagnostics } from '@signalbox/compiler';
import { describe, expect, it } from 'vitest';
import { checkRoot } from './check-root.ts';
import { hasCorpus } from './folder.ts';
import { nameOf, realRoots } from './real-roots.ts';
import { REFUSED_ROOTS } from './refused-roots.ts';

/** Of so many roots one is expanded and compiled again; `npm run corpus` does it with all. */
const EVERY = 5;

describe.skipIf(!hasCorpus)(
  'real root pipelines (skipped where the corpus is not beside the repository)',
  () => {
    it('compile, and to the plan that their expanded YAML makes', { timeout: 600_000 }, async () => {
      const wrong: string[] = [];
      const refused: string[] = [];
      for (const [index, root] of realRoots().entries()) {
        const outcome = await checkRoot(root, index % EVERY === 0);
        if (outcome.kind === 'rightly refused') refused.push(nameOf(root));
        if (outcome.kind === 'not idempotent') wrong.push(`${nameOf(root)}: ${outcome.why}`);
        if (outcome.kind === 'falsely refused') {
          wrong.push(`${nameOf(root)}: ${formatDiagnostics(outcome.errors)}`);
        }
      }
      expect(wrong).toEqual([]);
      expect(refused.sort()).toEqual(Object.keys(REFUSED_ROOTS).sort());
    });
  },
);
