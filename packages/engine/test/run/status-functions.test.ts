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

const PRODUCERS: Readonly<Record<string, ShortJob>> = {
  good: {},
  bad: {},
  left: { if: 'false' },
  unclear: { if: "gt(1, 'not-a-number')" },
};

const overJobs = parse(
  readFileSync(fileURLToPath(new URL('../../../../spec/runs/status-over-jobs.yml', import.meta.url)), 'utf8'),
) as readonly Readonly<Record<'over' | 'run' | 'skip', readonly string[]>>[];

describe('conditions of jobs over jobs, as recorded (REC-170, REC-171, REC-172, REC-173, EXPR-62)', () => {
  const rows = overJobs.flatMap(({ over, run, skip }) => [
    ...run.map((condition) => ({ over, condition, result: 'succeeded' })),
    ...skip.map((condition) => ({ over, condition, result: 'skipped' })),
  ]);
  const asked = Object.fromEntries(
    rows.map(({ over, condition }, index): readonly [string, ShortJob] => [
      `row${index}`,
      { after: over, ...(condition === '' ? {} : { if: condition }) },
    ]),
  );
  const run = new OneRun({ stages: { A: { jobs: { ...PRODUCERS, ...asked } } } });
  run.begin();
  for (const name of ['good', 'bad', ...Object.keys(asked)]) {
    const began = run.stage('A').jobs.some((job) => job.name === name && job.instances.length > 0);
    if (began) run.finish(`A.${name}`, name === 'bad' ? 'failed' : 'succeeded');
  }
  it.each(rows.map((row, index) => ({ ...row, index })))(
    'over $over, $condition: $result',
    ({ index, result }) => {
      expect(look(run, `A.row${index}`, undefined)).toBe(result);
    },
  );
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
