import { formatDiagnostics } from '@signalbox/compiler';
import { describe, expect, it } from 'vitest';
import { checkRoot } from './check-root.ts';
import { hasCorpus } from './folder.ts';
import { nameOf, realRoots } from './real-roots.ts';
import { REFUSED_ROOTS } from './refused-roots.ts';

/** How many roots may still use what this version has not got. */
const NOT_SUPPORTED = 326;

describe.skipIf(!hasCorpus)(
  'real root pipelines (skipped where the corpus is not beside the repository)',
  () => {
    it('compile to a plan that their expanded YAML makes, too', { timeout: 300_000 }, async () => {
      const wrong: string[] = [];
      const refused: string[] = [];
      let pending = 0;
      for (const root of realRoots()) {
        const outcome = await checkRoot(root);
        if (outcome.kind === 'rightly refused') refused.push(nameOf(root));
        if (outcome.kind === 'not supported') pending++;
        if (outcome.kind === 'not idempotent') wrong.push(`${nameOf(root)}: ${outcome.why}`);
        if (outcome.kind === 'falsely refused') {
          wrong.push(`${nameOf(root)}: ${formatDiagnostics(outcome.errors)}`);
        }
      }
      expect(wrong).toEqual([]);
      expect(refused.sort()).toEqual(Object.keys(REFUSED_ROOTS).sort());
      expect(pending).toBeLessThanOrEqual(NOT_SUPPORTED);
    });
  },
);
