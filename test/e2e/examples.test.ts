import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { cli, lockRequests, locks, queueRun, runs, setUpProject, whenCompleted } from '../support/queue.ts';
import { startRemoteAgent } from '../support/remote-agent.ts';
import { startSignalbox, type Signalbox } from '../support/signalbox.ts';
import { waitUntil } from '../support/wait.ts';

const example = (path: string): string =>
  readFileSync(fileURLToPath(new URL(`../../examples/${path}`, import.meta.url)), 'utf8');

describe('the examples run as their READMEs say', () => {
  let box: Signalbox;

  beforeAll(async () => {
    box = await startSignalbox({ agents: 4 });
  });

  afterAll(async () => {
    await box.stop();
  });

  it('two-services: both deploy, never at the same time, with rising tokens', async () => {
    const ids = await setUpProject(box, 'Two', {
      'web.yml': example('two-services/web.yml'),
      'api.yml': example('two-services/api.yml'),
    });
    await cli(box, ...'locks create --project Two --environment production --behavior sequential'.split(' '));
    const quick = { buildSeconds: '0', deploySeconds: '1' };
    const queued = [
      await queueRun(box, 'Two', ids['web']!, quick),
      await queueRun(box, 'Two', ids['api']!, quick),
    ];
    const done = await whenCompleted(box, 'Two', queued);
    expect(done.map((run) => run.result)).toEqual(['succeeded', 'succeeded']);
    const requests = await lockRequests(box, 'Two');
    const [first, second] = [...requests].sort((a, b) => (a.token ?? 0) - (b.token ?? 0));
    expect(Date.parse(second!.assignTime!)).toBeGreaterThanOrEqual(Date.parse(first!.finishTime!));
    const log = await cli(box, ...`runs logs ${queued[0]} --project Two`.split(' '));
    expect(log).toMatch(/deploying web .* with fencing token \d+/);
  });

  it('ordered-deployments: the younger runs wait for the older one that still builds', async () => {
    const files = { 'ordered.yml': example('ordered-deployments/azure-pipelines.yml') };
    const { ordered } = await setUpProject(box, 'Ordered', files);
    await cli(
      box,
      ...'locks create --project Ordered --environment staging --behavior sequential --order-by runQueueTime'.split(
        ' ',
      ),
    );
    const ids = [
      await queueRun(box, 'Ordered', ordered!, { buildSeconds: '15' }),
      await queueRun(box, 'Ordered', ordered!, { buildSeconds: '0' }),
    ];
    await waitUntil('the second run waits and says for whom', async () => {
      const waiters = (await locks(box, 'Ordered')).flatMap((lock) => lock.waiters);
      return waiters.some((waiter) => waiter.blockers.some((blocker) => blocker.kind === 'olderRunExpected'));
    });
    await whenCompleted(box, 'Ordered', ids);
    const requests = (await lockRequests(box, 'Ordered')).filter(
      (request) => request.resourceType === 'environment',
    );
    expect(
      [...requests].sort((a, b) => (a.token ?? 0) - (b.token ?? 0)).map((request) => request.runId),
    ).toEqual(ids);
  });

  it('matrix: an earlier job makes the legs, two run at a time, and a later one reads an output', async () => {
    const { legs } = await setUpProject(box, 'Legs', { 'legs.yml': example('matrix/azure-pipelines.yml') });
    const [done] = await whenCompleted(box, 'Legs', [await queueRun(box, 'Legs', legs!)]);
    expect(done?.result).toBe('succeeded');
    const jobs = done!.stages[0]!.jobs;
    expect(jobs.map((job) => job.displayName)).toEqual([
      'Plan',
      'Check north',
      'Check west',
      'Check east',
      'Report',
    ]);
    const [, north, west, east] = jobs;
    const firstOver = [north, west].map((job) => Date.parse(job!.finishTime!)).sort((a, b) => a - b)[0]!;
    expect(Date.parse(east!.startTime!)).toBeGreaterThanOrEqual(firstOver);
    const log = await cli(box, ...`runs logs ${done!.id} --project Legs`.split(' '));
    expect(log).toContain('northeurope is 1 of 3');
    expect(log).toContain('checked eastus');
  });

  it('rolling-machines: machine after machine, and no further one after a failure', async () => {
    const files = { 'web.yml': example('rolling-machines/azure-pipelines.yml') };
    const { web } = await setUpProject(box, 'Farm', files);
    const environments = '/Farm/_apis/distributedtask/environments';
    const { id } = await box.rest<{ id: number }>('POST', environments, { name: 'farm' });
    const { secret: token } = await box.rest<{ secret: string }>('POST', '/_apis/signalbox/tokens', {
      name: 'machines of farm',
      role: 'agent',
      environment: { project: 'Farm', name: 'farm' },
    });
    const machines = ['web1', 'web2'].map((name) =>
      startRemoteAgent({
        name,
        url: box.url,
        token,
        workFolder: join(box.dataFolder, 'machines', name),
        arguments: ['--environment', 'farm', '--resource-tags', 'web'],
      }),
    );
    try {
      await waitUntil('both machines are there', async () => {
        const path = `${environments}/${id}/providers/virtualmachines`;
        return (await box.rest<{ count: number }>('GET', path)).count === 2;
      });
      const ids = [
        await queueRun(box, 'Farm', web!),
        await queueRun(box, 'Farm', web!, { brokenMachine: 'web1' }),
      ];
      const done = await whenCompleted(box, 'Farm', ids);
      expect(done.map((run) => run.result)).toEqual(['succeeded', 'failed']);
      const parts = done.map((run) =>
        run.stages[0]!.jobs.map(({ hook, leg, agent }) => `${hook} ${leg} on ${agent}`),
      );
      const hooks = (name: string): string[] =>
        ['preDeploy', 'deploy', 'postRouteTraffic'].map((hook) => `${hook} ${name} on ${name}`);
      expect(parts).toEqual([
        [...hooks('web1'), ...hooks('web2')],
        [...hooks('web1'), 'onFailure web1 on web1'],
      ]);
    } finally {
      for (const machine of machines) machine.process.kill('SIGTERM');
      await Promise.all(machines.map((machine) => machine.ended));
    }
  });

  it('protected-cleanup: a cancelled run unlocks its state before the next one locks it', async () => {
    const files = { 'apply.yml': example('protected-cleanup/azure-pipelines.yml') };
    const { apply } = await setUpProject(box, 'Apply', files);
    await cli(
      box,
      ...'locks create --project Apply --environment infrastructure --behavior sequential'.split(' '),
    );
    const first = await queueRun(box, 'Apply', apply!, { applySeconds: '60' });
    await waitUntil('the first run applies', async () => {
      const steps = (await runs(box, 'Apply')).flatMap((run) => run.stages).flatMap((stage) => stage.jobs);
      return steps.some((job) =>
        job.steps.some((step) => step.displayName === 'Apply' && step.state === 'inProgress'),
      );
    });
    const second = await queueRun(box, 'Apply', apply!, { applySeconds: '0' });
    await cli(box, 'runs', 'cancel', String(first), '--project', 'Apply');
    const done = await whenCompleted(box, 'Apply', [first, second]);
    expect(done.map((run) => run.result)).toEqual(['canceled', 'succeeded']);
    const unlock = done[0]!.stages[0]!.jobs[0]!.steps.find((step) => step.displayName === 'Unlock the state');
    expect(unlock?.result).toBe('succeeded');
    const granted = Date.parse(done[1]!.stages[0]!.startTime!);
    expect(granted).toBeGreaterThanOrEqual(Date.parse(unlock!.finishTime!));
  });
});
