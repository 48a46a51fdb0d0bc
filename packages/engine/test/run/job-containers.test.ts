import { jobSpecification } from '@signalbox/engine';
import type { ContainerReference, PlainJobPlan, Plan, ResourcesPlan } from '@signalbox/model';
import { describe, expect, it } from 'vitest';
import { OneRun } from './one-run.ts';

const CONTAINERS: ResourcesPlan['containers'] = [
  { alias: 'Builder', image: 'alpine:$(version)', env: { A: '$(a)' }, trigger: { include: [], exclude: [] } },
  { alias: 'azure', image: '', type: 'ACR', registry: { registry: 'x' } },
];

/** A run of one job with these fields, begun. */
function begun(fields: Partial<PlainJobPlan>, targets: readonly string[] = []): OneRun {
  const run = new OneRun(
    {
      variables: { where: 'builder', image: 'ubuntu:24.04' },
      stages: { A: { jobs: { j: { steps: ['one', 'two'] } } } },
    },
    {},
    { shaped: (plan) => withJob(plan, fields, targets) },
  );
  run.begin();
  return run;
}

function withJob(plan: Plan, fields: Partial<PlainJobPlan>, targets: readonly string[]): Plan {
  const resources = { pipelines: [], containers: CONTAINERS, builds: [], packages: [], webhooks: [] };
  const stages = plan.stages.map((stage) => ({
    ...stage,
    jobs: stage.jobs.map((job) => {
      if (job.kind !== 'job') return job;
      const steps = job.steps.map((step, index) => {
        const container = targets[index];
        return container === undefined ? step : { ...step, target: { container } };
      });
      return { ...job, steps, ...fields };
    }),
  }));
  return { ...plan, resources, stages };
}

function containersOf(run: OneRun): unknown {
  const found = jobSpecification(run.state, run.plan, run.at('A.j').key, run.now);
  const { container, containers, services } = found ?? {};
  return { container, containers, services };
}

const BUILDER = { alias: 'Builder', image: 'alpine:$(version)', env: { A: '$(a)' } };

describe('the containers of a job', () => {
  it.each<readonly [string, ContainerReference, string, object]>([
    ['a declared one', { alias: 'builder' }, 'Builder', BUILDER],
    ['one that an expression names', { expression: 'variables.where' }, 'Builder', BUILDER],
    ['one that a macro names', { container: { image: '$(where)' } }, 'Builder', BUILDER],
    [
      'an image of an expression',
      { expression: 'variables.image' },
      '(container)',
      { alias: '(container)', image: 'ubuntu:24.04' },
    ],
    [
      'one that stands there, whose macros the agent expands',
      { container: { image: 'x:$(version)', options: '--memory 1g' } },
      '(container)',
      { alias: '(container)', image: 'x:$(version)', options: '--memory 1g' },
    ],
  ])('are %s (CONT-1, YAML-36)', (_, container, alias, expected) => {
    const run = begun({ container });
    expect(containersOf(run)).toEqual({ container: alias, containers: [expected], services: undefined });
  });

  it('are none where an expression gives nothing', () => {
    const run = begun({ container: { expression: "''" } });
    expect(containersOf(run)).toEqual({ container: undefined, containers: undefined, services: undefined });
  });

  it('are also those that targets of steps name; `host` is none of them (STEPY-7)', () => {
    const run = begun({}, ['host', '$(where)']);
    expect(containersOf(run)).toEqual({ container: undefined, containers: [BUILDER], services: undefined });
  });

  it('stand beside the job as services, each under its name (CONT-3)', () => {
    const services = [
      { name: 'cache', container: { alias: 'builder' } },
      { name: 'db', container: { container: { image: 'postgres', ports: ['5432'] } } },
    ];
    expect(containersOf(begun({ services }))).toEqual({
      container: undefined,
      containers: undefined,
      services: [
        { name: 'cache', container: BUILDER },
        { name: 'db', container: { alias: '(services.db)', image: 'postgres', ports: ['5432'] } },
      ],
    });
  });

  it('make the job one for agents that have Docker or Podman, and for no others (AGENT-4)', () => {
    const demandsOf = (run: OneRun): unknown =>
      run.mail.flatMap(({ body }) =>
        body.type === 'JobReady' ? [body.demands.map(({ capability }) => capability)] : [],
      );
    expect(demandsOf(begun({ container: { alias: 'builder' } }))).toEqual([['agent.containerengine']]);
    expect(demandsOf(begun({}, ['host']))).toEqual([[]]);
  });

  it('of type ACR fail the job with a reason', () => {
    const run = begun({ container: { alias: 'azure' } });
    expect(run.state.stages[0]?.jobs[0]).toMatchObject({ phase: 'completed', result: 'failed' });
    expect(JSON.stringify(run.state)).toContain('is of type ACR, which needs Azure to find its image');
  });
});
