import { jobSpecification, type JobSpecification, type RunIdentity } from '@signalbox/engine';
import { describe, expect, it } from 'vitest';
import { BIRTHDAY, OneRun } from './one-run.ts';
import type { ShortPlan } from './short-plan.ts';

function specify(run: OneRun, path: string): JobSpecification {
  const found = jobSpecification(run.state, run.plan, run.at(path).key, run.now);
  if (found === undefined) throw new Error(`nothing for ${path}`);
  // What an agent gets travels as JSON.
  expect(JSON.parse(JSON.stringify(found))).toEqual(found);
  return found;
}

function begun(short: ShortPlan, more: Partial<RunIdentity> = {}): OneRun {
  const run = new OneRun(short, more);
  run.begin();
  return run;
}

/** The value of a variable; a secret is marked. */
function valueOf({ variables }: JobSpecification, name: string): string | undefined {
  const found = variables.find((one) => one.name.toLowerCase() === name.toLowerCase());
  return found === undefined ? undefined : found.secret ? `(secret) ${found.value}` : found.value;
}

describe('jobSpecification', () => {
  it('keeps apart runs that were given the same variables (PVAR-1)', () => {
    const stages = { A: { jobs: { build: { steps: ['make'] } } } };
    const variables = { color: { value: 'red', secret: false } };
    const runs = ['1.1', '1.2'].map((number) => begun({ stages }, { number, variables }));
    const numbers = [...runs, ...runs].map((run) => valueOf(specify(run, 'A.build'), 'Build.BuildNumber'));
    expect(numbers).toEqual(['1.1', '1.2', '1.1', '1.2']);
  });

  it('holds what an agent needs (AGENT-7)', () => {
    const run = begun({
      stages: { A: { jobs: { build: { steps: ['make', 'make test'], timeout: 7, cancelTimeout: 2 } } } },
    });
    expect({ ...specify(run, 'A.build'), variables: [] }).toEqual({
      run: 1,
      runNumber: '1',
      project: 'Demo',
      definition: { id: 7, name: 'Shop' },
      stage: 'A',
      stageAttempt: 1,
      job: 'build',
      jobAttempt: 1,
      displayName: 'build',
      variables: [],
      steps: [
        {
          name: 'step1',
          displayName: 'make',
          task: { name: 'CmdLine', version: '2' },
          inputs: { script: 'make' },
          env: {},
          continueOnError: false,
          timeoutInMinutes: 0,
          retryCountOnTaskFailure: 0,
        },
        expect.objectContaining({ name: 'step2', inputs: { script: 'make test' } }),
      ],
      timeoutInMinutes: 7,
      cancelTimeoutInMinutes: 2,
      repository: { alias: 'self', name: 'shop', ref: 'refs/heads/main', commit: 'c0ffee' },
      latestEnd: BIRTHDAY + 7 * 60_000,
    });
  });

  it('lets the innermost level win and expands what mentions others (VARD-3, VAR-7)', () => {
    const run = begun(
      {
        variables: { a: 'root', b: 'root $(c)', loop: '$(loop)', agent: '$(Agent.Name)' },
        stages: { A: { variables: { a: 'stage', c: 'stage' }, jobs: { j: { variables: { C: 'job' } } } } },
      },
      { variables: { a: { value: 'queue', secret: false }, d: { value: 'queue', secret: false } } },
    );
    const specification = specify(run, 'A.j');
    expect(['a', 'b', 'c', 'd', 'loop', 'agent'].map((name) => valueOf(specification, name))).toEqual([
      'stage',
      'root job',
      'job',
      'queue',
      '$(loop)',
      '$(Agent.Name)',
    ]);
  });

  it('evaluates run-time expressions in the order of definition, texts first (VAR-4, VAR-5)', () => {
    const run = begun({
      variables: {
        early: "$[ format('{0}!', variables.late) ]",
        late: 'x',
        reason: "$[ variables['Build.Reason'] ]",
      },
      stages: {
        A: {
          variables: { up: '$[ upper(variables.early) ]' },
          jobs: { j: { variables: { two: "$[ format('{0}{1}', variables.up, variables.reason) ]" } } },
        },
      },
    });
    const specification = specify(run, 'A');
    expect(['early', 'up', 'two'].map((name) => valueOf(specification, name))).toEqual([
      'x!',
      'X!',
      'X!Manual',
    ]);
  });

  it('knows the predefined variables of the server (PVAR-1, PVAR-3)', () => {
    const run = begun(
      { stages: { Deploy: { jobs: { web: { environment: 'prod', hooks: ['deploy'] } } } } },
      { branch: 'refs/pull/7/merge', commitMessage: `Fix it\n\nlong story` },
    );
    const specification = specify(run, 'Deploy.web');
    const expected = {
      'Build.BuildId': '1',
      'Build.BuildUri': 'vstfs:///Build/Build/1',
      'Build.DefinitionName': 'Shop',
      'Build.QueuedBy': 'ann',
      'Build.RequestedFor': 'bob',
      'Build.SourceBranchName': 'merge',
      'Build.SourceVersion': 'c0ffee',
      'Build.SourceVersionMessage': 'Fix it',
      'Environment.Name': 'prod',
      'Strategy.CycleName': 'Iteration',
      'Strategy.Name': 'runOnce',
      'System.JobIdentifier': 'Deploy.web.deploy',
      'System.PipelineStartTime': '2026-03-05 14:07:09+00:00',
      'System.StageName': 'Deploy',
      'System.StageAttempt': '1',
      'System.TeamProject': 'Demo',
      TF_BUILD: 'True',
    };
    expect(
      Object.fromEntries(Object.keys(expected).map((name) => [name, valueOf(specification, name)])),
    ).toEqual(expected);
    expect(specification).toMatchObject({ hook: 'deploy', environment: 'prod' });
  });

  const place = [
    'System.JobName',
    'System.JobDisplayName',
    'System.JobIdentifier',
    'System.JobPositionInPhase',
    'System.TotalJobsInPhase',
    'System.ParallelExecutionType',
  ];

  it.each<readonly [string, ShortPlan['stages'], string, readonly (string | undefined)[]]>([
    ['a plain job', { A: null }, 'A.j', ['j', 'j', 'A.j', '1', '1', undefined]],
    [
      'a leg',
      { A: { jobs: { j: { matrix: { x: {}, y: {} } } } } },
      'A.j.y',
      ['y', 'j y', 'A.j.y', '2', '2', 'MultiConfiguration'],
    ],
    [
      'a slice',
      { A: { jobs: { j: { parallel: 3 } } } },
      'A.j.Job2',
      ['Job2', 'j 2', 'A.j.Job2', '2', '3', 'MultiMachine'],
    ],
    [
      'a hook',
      { A: { jobs: { j: { environment: 'prod' } } } },
      'A.j.deploy',
      ['deploy', 'j', 'A.j.deploy', '1', '1', undefined],
    ],
  ])('says of %s which of its job it is (MTX-5, NAME-8)', (_, stages, path, expected) => {
    const specification = specify(begun({ stages }), path);
    expect(place.map((name) => valueOf(specification, name))).toEqual(expected);
    expect(specification.displayName).toBe(expected[1]);
  });

  it('names the machine, and where the deployment stands (ENV-8, DEP-9, DEP-13)', () => {
    const hooks = ['preDeploy', 'deploy', 'onSuccess'] as const;
    const job = { environment: 'prod', rolling: 1, hooks };
    const machines = { prod: { web1: [], web2: [] } };
    const run = new OneRun({ stages: { A: { locks: 'prod', jobs: { j: job } } } }, {}, { machines });
    run.begin();
    run.tell({ type: 'LocksGranted', stage: 'A', attempt: 1, tokens: [] });
    const names = [
      'Environment.ResourceName',
      'Environment.ResourceId',
      'Strategy.Name',
      'Strategy.CycleName',
      'System.JobName',
    ];
    const seen = ['preDeploy_web1', 'deploy_web1', 'preDeploy_web2', 'deploy_web2', 'onSuccess_web1'].map(
      (part) => {
        const specification = specify(run, `A.j.${part}`);
        run.finish(`A.j.${part}`, 'succeeded');
        return names.map((name) => valueOf(specification, name));
      },
    );
    expect(seen).toEqual([
      ['web1', '1', 'rolling', 'PreIteration', 'preDeploy_web1'],
      ['web1', '1', 'rolling', 'Iteration', 'deploy_web1'],
      ['web2', '2', 'rolling', 'PreIteration', 'preDeploy_web2'],
      ['web2', '2', 'rolling', 'Iteration', 'deploy_web2'],
      ['web1', '1', 'rolling', 'PostIteration', 'onSuccess_web1'],
    ]);
  });

  it('the file cannot redefine them, but may set System.Debug (VARD-12)', () => {
    const run = begun({
      variables: {
        'Build.BuildId': '9',
        'system.teamproject': 'x',
        'Agent.Name': 'y',
        'System.Debug': 'true',
      },
      stages: { A: null },
    });
    const specification = specify(run, 'A');
    expect(
      ['Build.BuildId', 'System.TeamProject', 'Agent.Name', 'System.Debug'].map((name) =>
        valueOf(specification, name),
      ),
    ).toEqual(['1', 'Demo', undefined, 'true']);
  });

  it('marks what is made of secrets as secret (CTX-10)', () => {
    const run = begun(
      {
        variables: {
          mentions: 'key=$(key)',
          further: '$(mentions)!',
          computed: '$[ upper(variables.key) ]',
          dynamic: '$[ variables[variables.open] ]',
          open: 'key',
        },
        stages: {
          A: {
            jobs: {
              a: null,
              b: {
                after: 'a',
                variables: { o: "$[ dependencies.a.outputs['s.x'] ]", p: '$[ dependencies.a.result ]' },
              },
            },
          },
        },
      },
      { variables: { Key: { value: 'hush', secret: true } } },
    );
    run.report('A.a', [{ kind: 'output', name: 's.x', value: 'quiet', secret: true }]);
    run.finish('A.a', 'succeeded');
    const specification = specify(run, 'A.b');
    expect(
      ['key', 'mentions', 'further', 'computed', 'dynamic', 'open', 'o', 'p'].map((name) =>
        valueOf(specification, name),
      ),
    ).toEqual([
      '(secret) hush',
      '(secret) key=hush',
      '(secret) key=hush!',
      '(secret) HUSH',
      '(secret) hush',
      'key',
      '(secret) quiet',
      'Succeeded',
    ]);
  });

  it('does not write a secret into a display name', () => {
    const run = begun(
      { stages: { A: { jobs: { 'to $(where) $(key)': null } } } },
      {
        variables: { where: { value: 'prod', secret: false }, key: { value: 'hush', secret: true } },
      },
    );
    expect(specify(run, 'A.to $(where) $(key)').displayName).toBe('to prod $(key)');
  });

  it('gives the fencing tokens of its stage (INV-02, RELIABILITY §5.5)', () => {
    const run = begun({ stages: { A: { locks: 'prod' }, B: { locks: ['prod', 'db'] } } });
    run.tell({
      type: 'LocksGranted',
      stage: 'A',
      attempt: 1,
      tokens: [{ lock: 1, lockName: 'shop-prod', token: 17 }],
    });
    const one = specify(run, 'A');
    expect(valueOf(one, 'Signalbox.LockToken')).toBe('17');
    expect(valueOf(one, 'SIGNALBOX_LOCK_TOKEN')).toBe('17');
    expect(valueOf(one, 'SIGNALBOX_LOCK_TOKEN_SHOP_PROD')).toBe('17');
    run.tell({
      type: 'LocksGranted',
      stage: 'B',
      attempt: 1,
      tokens: [
        { lock: 1, lockName: 'prod', token: 18 },
        { lock: 2, lockName: 'db', token: 4 },
      ],
    });
    const two = specify(run, 'B');
    expect(valueOf(two, 'Signalbox.LockToken')).toBeUndefined();
    expect(valueOf(two, 'Signalbox.LockToken.prod')).toBe('18');
    expect(valueOf(two, 'Signalbox.LockToken.db')).toBe('4');
  });

  it('is nothing for an instance that is over or does not exist', () => {
    const run = begun({ stages: { A: null } });
    const { key } = run.at('A');
    expect(jobSpecification(run.state, run.plan, { ...key, job: 'x' }, run.now)).toBeUndefined();
    expect(jobSpecification(run.state, run.plan, { ...key, jobAttempt: 2 }, run.now)).toBeUndefined();
    run.finish('A', 'succeeded');
    expect(jobSpecification(run.state, run.plan, key, run.now)).toBeUndefined();
  });
});
