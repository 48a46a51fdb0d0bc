import { inlineRepositories } from '@signalbox/engine';
import { fold, type JobPlan, type Plan, type StepPlan } from '@signalbox/model';
import { describe, expect, it } from 'vitest';
import { longPlan, type ShortJob } from './short-plan.ts';

const MAIN = 'refs/heads/main';

describe('inlineRepositories', () => {
  it.each([
    ['without a ref its main branch', 'git://Shop/tools', 'Shop/tools', MAIN],
    ['a branch', 'git://Shop/tools@features/x', 'Shop/tools', 'refs/heads/features/x'],
    ['a branch in full', 'git://Shop/tools@refs/heads/x', 'Shop/tools', 'refs/heads/x'],
    ['a tag', 'git://Shop/tools@refs/tags/v1', 'Shop/tools', 'refs/tags/v1'],
    ['blanks in names', 'git://My Shop/my tools@main', 'My Shop/my tools', MAIN],
  ])('reads %s (CO-4)', (_, alias, name, ref) => {
    expect(inlineRepositories(withSteps(checkout(alias)))).toEqual([{ alias, type: 'git', name, ref }]);
  });

  it('names each once, in any letter case, and neither declared ones nor what is no checkout (CO-4)', () => {
    const plan = withSteps(...['self', 'git://a/b', 'GIT://A/B', 'declared', 'git://c/d'].map(checkout));
    const declared = { alias: 'git://c/d', type: 'git', name: 'c/d', ref: MAIN } as const;
    const found = inlineRepositories({ ...plan, repositories: [declared] });
    expect(found.map(({ alias }) => fold(alias))).toEqual(['git://a/b']);
    const other = { ...checkout('git://a/b'), task: { name: 'Other', version: '1' } };
    expect(inlineRepositories(withSteps(other))).toEqual([]);
  });

  it('looks into the hooks of deployments, too (CO-4)', () => {
    const hook = { hook: 'deploy', pool: { kind: 'server' }, steps: [checkout('git://a/b')] };
    const plan = withJob({ environment: 'e' }, { hooks: [hook] });
    expect(inlineRepositories(plan).map(({ name }) => name)).toEqual(['a/b']);
  });
});

function withSteps(...steps: readonly StepPlan[]): Plan {
  return withJob(null, { steps });
}

/** A plan with one job that has these fields. */
function withJob(short: ShortJob | null, fields: object): Plan {
  const plan = longPlan({ stages: { a: { jobs: { j: short } } } });
  const stages = plan.stages.map((stage) => ({
    ...stage,
    jobs: stage.jobs.map((job): JobPlan => ({ ...job, ...fields })),
  }));
  return { ...plan, stages };
}

function checkout(repository: string): StepPlan {
  return {
    name: 'get',
    displayName: 'Get sources',
    task: { name: 'Checkout', version: '1' },
    inputs: { repository },
    env: {},
    continueOnError: false,
    timeoutInMinutes: 0,
    retryCountOnTaskFailure: 0,
    source: { file: 'f', line: 1, column: 1, endLine: 1, endColumn: 1 },
  };
}
