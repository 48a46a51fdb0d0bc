import { foldRun, jobSpecification } from '@signalbox/engine';
import { describe, expect, it } from 'vitest';
import { OneRun } from './one-run.ts';

function started(): OneRun {
  const run = new OneRun({ stages: { A: { jobs: { a: null, b: { after: 'a' } } } } });
  run.begin();
  run.assign('A.a');
  return run;
}

describe('a step that gives the run another number', () => {
  it('changes it for the jobs that start from then on (RNAME-8, LOG-30)', () => {
    const run = started();
    run.report('A.a', [{ kind: 'runNumber', number: 'Release 7' }]);
    run.finish('A.a', 'succeeded');
    run.assign('A.b');
    const { key } = run.at('A.b');
    const job = jobSpecification(run.state, run.plan, key, run.now);
    expect(run.state.number).toBe('Release 7');
    expect(job?.runNumber).toBe('Release 7');
    expect(job?.variables.find(({ name }) => name === 'Build.BuildNumber')?.value).toBe('Release 7');
    expect(foldRun(run.journal)).toEqual(run.state);
  });

  it('changes nothing with the same number, or with what cannot be one (RNAME-5)', () => {
    const run = started();
    const { number } = run.state;
    const told = [number, 'a/b', ''].map((one) => ({ kind: 'runNumber', number: one }) as const);
    expect(run.report('A.a', told).events.filter(({ type }) => type === 'RunNumbered')).toEqual([]);
    expect(run.state.number).toBe(number);
  });
});
