import { notRunnable } from '@signalbox/engine';
import type { DeploymentJobPlan, JobPlan, PlainJobPlan, Plan, StepPlan } from '@signalbox/model';
import { describe, expect, it } from 'vitest';
import { longPlan } from './short-plan.ts';

describe('notRunnable', () => {
  it('finds nothing in what every run can do', () => {
    expect(notRunnable(longPlan({ stages: { a: { jobs: { j: null, d: { environment: 'e' } } } } }))).toEqual(
      [],
    );
  });

  it.each<readonly [string, Partial<PlainJobPlan>, readonly string[]]>([
    ['a container', { container: { alias: 'c' } }, []],
    ['services', { services: [{ name: 's', container: { alias: 'c' } }] }, []],
    ['a matrix', { strategy: { kind: 'matrix', legs: [{ name: 'x', variables: {} }] } }, []],
    ['slices', { strategy: { kind: 'parallel', count: 2 } }, []],
    ['a group of variables', { variables: [{ group: 'g' }] }, []],
    ['a target', { steps: [step({ target: { container: 'host' } })] }, []],
    ['a declared repository', { steps: [checkout('tools')] }, []],
    ['a repository in the words of the step (CO-4)', { steps: [checkout('git://p/r@main')] }, []],
    [
      'a repository of elsewhere that is not declared',
      { steps: [checkout('github://o/r')] },
      ['`checkout` of a repository that is not declared'],
    ],
  ])('judges a job with %s', (_, job, features) => {
    expect(featuresOf(withJob(job))).toEqual(features);
  });

  it.each<readonly [string, Partial<DeploymentJobPlan>, readonly string[]]>([
    ['rolling', { strategy: { kind: 'rolling' } }, []],
    ['canary, which the job itself refuses', { strategy: { kind: 'canary', increments: [] } }, []],
    ['tags', { environment: { name: 'e', tags: ['t'] } }, []],
  ])('judges a deployment with %s', (_, job, features) => {
    expect(featuresOf(withJob(job, 'e'))).toEqual(features);
  });

  it.each([
    ['Delay', '1', []],
    ['delay', '1.*', []],
    ['ManualValidation', '0', []],
    ['Delay', '2', ['the task `Delay@2` on the server (it has versions 1)']],
    [
      'PublishToAzureServiceBus',
      '1',
      [
        'the task `PublishToAzureServiceBus@1` on the server (it does not speak AMQP; let InvokeRESTAPI post to the REST address of the queue)',
      ],
    ],
  ])('judges %s@%s on the server (JOB-7)', (name, version, features) => {
    const steps = [step({ task: { name, version } })];
    expect(featuresOf(withJob({ pool: { kind: 'server' }, steps }))).toEqual(features);
  });

  it('looks into hooks, in the order of the file', () => {
    const hooks: DeploymentJobPlan['hooks'] = [
      { hook: 'deploy', pool: { kind: 'server' }, steps: [step({ target: {} })] },
    ];
    const plan = withJob({ hooks, container: { alias: 'c' } }, 'e');
    expect(featuresOf(plan)).toEqual([
      'the task `CmdLine@2` on the server (it has Delay, ManualValidation, InvokeRESTAPI, AzureFunction)',
    ]);
  });
});

function featuresOf(plan: Plan): readonly string[] {
  return notRunnable(plan).map(({ feature }) => feature);
}

/** A plan with one job that has these fields; a deployment when it has an environment. */
function withJob(fields: Partial<JobPlan>, environment?: string): Plan {
  const short = environment === undefined ? null : { environment };
  const plan = longPlan({ stages: { a: { jobs: { j: short } } } });
  const stages = plan.stages.map((stage) => ({
    ...stage,
    jobs: stage.jobs.map((job) => ({ ...job, ...fields }) as JobPlan),
  }));
  return { ...plan, stages };
}

function checkout(repository: string): StepPlan {
  return step({ task: { name: 'Checkout', version: '1' }, inputs: { repository } });
}

function step(fields: Partial<StepPlan>): StepPlan {
  return {
    name: 's',
    displayName: 's',
    task: { name: 'CmdLine', version: '2' },
    inputs: {},
    env: {},
    continueOnError: false,
    timeoutInMinutes: 0,
    retryCountOnTaskFailure: 0,
    source: { file: 'f', line: 1, column: 1, endLine: 1, endColumn: 1 },
    ...fields,
  };
}
