import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import type { NodeResult } from '@signalbox/model';
import { OneRun } from './one-run.ts';
import { look } from './story.ts';
import type { ShortJob, ShortStage } from './short-plan.ts';

const table = parse(
  readFileSync(fileURLToPath(new URL('../../../../spec/runs/status-functions.yml', import.meta.url)), 'utf8'),
) as readonly Readonly<Record<string, string>>[];

/** Brings stage A to its result; skipped and abandoned come from its own condition. */
function endA(run: OneRun, result: string): void {
  run.begin();
  if (result === 'skipped' || result === 'abandoned') return;
  if (result.startsWith('any')) {
    run.start('A');
    run.tell({ type: 'Cancel', by: 'eve' });
    run.finish('A', 'canceled');
    return;
  }
  run.finish('A', result as NodeResult);
}

const CONDITION_OF_A: Readonly<Record<string, string>> = { skipped: 'false', abandoned: "gt(1, 'x')" };

describe('the decision table of STG-5', () => {
  for (const { A: result = '', ...columns } of table) {
    it.each(Object.entries(columns))(`A ${result}, B with %s: %s`, (condition, expected) => {
      const own = CONDITION_OF_A[result];
      const A: ShortStage = own === undefined ? {} : { if: own };
      const B: ShortStage = { after: 'A', ...(condition === 'default' ? {} : { if: condition }) };
      const run = new OneRun({ stages: { A, B } });
      endA(run, result);
      expect(look(run, 'B', undefined)).toBe(expected === 'run' ? 'running' : 'skipped');
    });
  }
});

interface RecordedJob {
  readonly job: string;
  readonly dependsOn: readonly string[];
  readonly condition: string | null;
  readonly result: NodeResult;
}

const recording = fileURLToPath(
  new URL('../../../../../shared/corpus/expr/recorded-status-functions.json', import.meta.url),
);

describe.skipIf(!existsSync(recording))(
  'the recorded run of the real service (skipped where the recordings are not at hand)',
  () => {
    const { jobs } = existsSync(recording)
      ? (JSON.parse(readFileSync(recording, 'utf8')) as { readonly jobs: readonly RecordedJob[] })
      : { jobs: [] };
    const short = Object.fromEntries(
      jobs.map(({ job, dependsOn, condition }): readonly [string, ShortJob] => [
        job,
        { after: dependsOn, ...(condition === null ? {} : { if: condition }) },
      ]),
    );
    const run = new OneRun({ stages: { A: { jobs: short } } });
    run.begin();
    for (const { job } of jobs) {
      // Whether a job ran at all is the question; one that did ends as its script did then.
      const instances = run.stage('A').jobs.find((one) => one.name === job)?.instances ?? [];
      if (instances.length > 0) run.finish(`A.${job}`, job === 'dep_fail' ? 'failed' : 'succeeded');
    }
    it('has all 42 jobs', () => {
      expect(jobs).toHaveLength(42);
      expect(run.state.result).toBe('failed');
    });
    it.each(jobs.map(({ job, result }) => [job, result] as const))('%s: %s', (job, result) => {
      expect(look(run, `A.${job}`, undefined)).toBe(result);
    });
  },
);
