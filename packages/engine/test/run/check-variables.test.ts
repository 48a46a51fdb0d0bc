import { checkVariables, type Variable } from '@signalbox/engine';
import { describe, expect, it } from 'vitest';
import { OneRun } from './one-run.ts';

function begun(): OneRun {
  const run = new OneRun(
    {
      variables: { url: 'https://$(host)/x', host: 'shop', key: 'k=$(hush)' },
      stages: {
        Build: { jobs: { pack: null } },
        Deploy: { after: 'Build', locks: 'prod', variables: { url: 'stage' } },
      },
    },
    { variables: { hush: { value: 'secret-1', secret: true } } },
  );
  run.begin();
  run.report('Build.pack', [
    { kind: 'output', name: 'v.number', value: '7', secret: false },
    { kind: 'output', name: 'v.pin', value: '1234', secret: true },
  ]);
  return run;
}

function valueOf(variables: readonly Variable[] | undefined, name: string): string | undefined {
  const found = variables?.find((one) => one.name.toLowerCase() === name.toLowerCase());
  return found === undefined ? undefined : found.secret ? `(secret) ${found.value}` : found.value;
}

describe('checkVariables [HOOK-10]', () => {
  it('has predefined variables, those of the pipeline, and the attempt of the stage', () => {
    const run = begun();
    run.finish('Build.pack', 'succeeded');
    const found = checkVariables(run.state, run.plan, 'deploy');
    const names = ['Build.BuildId', 'System.StageName', 'Checks.StageAttempt', 'url', 'key'];
    expect(names.map((name) => valueOf(found, name))).toEqual([
      '1',
      'Deploy',
      '1',
      // Not the value that the stage gives it for its jobs.
      'https://shop/x',
      '(secret) k=secret-1',
    ]);
  });

  it('has the outputs of stages that are over, by Stage.Job.Step.Var', () => {
    const run = begun();
    expect(valueOf(checkVariables(run.state, run.plan, 'Deploy'), 'Build.pack.v.number')).toBeUndefined();
    run.finish('Build.pack', 'succeeded');
    const found = checkVariables(run.state, run.plan, 'Deploy');
    expect(valueOf(found, 'Build.pack.v.number')).toBe('7');
    expect(valueOf(found, 'Build.pack.v.pin')).toBe('(secret) 1234');
  });

  it('is nothing for a stage that the run has not', () => {
    const run = begun();
    expect(checkVariables(run.state, run.plan, 'Test')).toBeUndefined();
  });
});
