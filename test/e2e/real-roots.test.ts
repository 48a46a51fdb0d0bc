import { execFileSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { beforeAll, describe, expect, it } from 'vitest';
import { hasCorpus } from '../../packages/compiler/test/corpus/folder.ts';
import { nameOf, realRoots } from '../../packages/compiler/test/corpus/real-roots.ts';
import { ROOTS } from './real-roots/roots.ts';
import { runRoot } from './real-roots/run-root.ts';

// Skipped without the corpus of real pipelines beside the repository: nothing of it is part of the project.
describe.skipIf(!hasCorpus)('real pipelines', () => {
  // The run itself belongs to nobody, who could not build.
  beforeAll(() => {
    const launcher = fileURLToPath(new URL('../../packages/cli/bin/signalbox.js', import.meta.url));
    execFileSync(process.execPath, [launcher, '--version']);
  });

  it.each(Object.entries(ROOTS))('%s runs to a good end and calls what it says', async (name, given) => {
    const root = realRoots().find((one) => nameOf(one) === name);
    if (root === undefined) throw new Error(`The corpus has no ${name}.`);
    const { run, err, said, missing } = await runRoot(root, given);
    expect(run?.result, err).toMatch(/^(succeeded|partiallySucceeded)$/);
    expect(said).not.toEqual([]);
    expect(missing).toEqual([]);
  });
});
