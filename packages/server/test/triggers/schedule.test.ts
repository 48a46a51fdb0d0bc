import type { WireDefinition } from '@signalbox/api';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { commitFiles, git } from '../support/repository.ts';
import { triggered, type Triggered } from '../support/triggered.ts';

const STEPS = 'trigger: none\nsteps: [{ checkout: none }, { script: echo }]\n';
const DAILY = `schedules: [{ cron: '0 11 * * *', displayName: Late, always: true, branches: [main] }]\n${STEPS}`;
const DAY = 86_400_000;
const hourly = (branch: string): string =>
  `schedules: [{ cron: '5 * * * *', always: true, branches: [${branch}] }]\n${STEPS}`;

describe('a schedule', () => {
  let at: Triggered;
  const start = Date.parse('2026-11-22T10:30:00Z');

  beforeAll(async () => {
    at = await triggered(start);
  });
  afterAll(() => at.close());

  it('starts a run when its time comes, and says which one it is (TRIG-30, TRIG-32, TRIG-35)', async () => {
    at.now = start;
    const { definition, folder } = await at.pipeline('daily', DAILY);
    git(folder, 'branch', 'side');
    await at.settle();
    expect(await at.builds()).toEqual([]);
    at.now = Date.parse('2026-11-22T11:00:00Z');
    await at.settle(0);
    const [build, ...others] = await at.builds(`&definitions=${definition.id}`);
    expect(others).toEqual([]);
    expect(build).toMatchObject({
      reason: 'schedule',
      sourceBranch: 'refs/heads/main',
      queueTime: '2026-11-22T11:00:00.000Z',
      triggerInfo: { scheduleName: 'Late' },
    });
    const run = await at.box.store.runs.get(build?.id ?? 0);
    expect(run?.cause?.variables).toEqual({ 'Build.CronSchedule.DisplayName': 'Late' });
  });

  it('that was missed while nobody looked comes once, as the last of its times (TRIG-30)', async () => {
    const { definition } = await at.pipeline('missed', DAILY);
    at.now += 5 * DAY;
    await at.box.restart();
    await at.settle(0);
    const [first, ...others] = (await at.box.store.triggers.list(1, { definition: definition.id })).filter(
      (row) => row.body['kind'] === 'schedule',
    );
    expect([first?.body['kind'], first?.outcome?.result, others]).toEqual(['schedule', 'queued', []]);
    const [next] = await at.box.store.triggers.schedules({ definition: definition.id });
    expect(next?.due).toBeGreaterThan(at.now);
  });

  it('starts nothing when nothing changed, and follows the file of its branch (TRIG-31, TRIG-33, GAP-32)', async () => {
    const quiet = DAILY.replace(', always: true', '');
    const { definition, folder } = await at.pipeline('quiet', quiet);
    at.now += DAY;
    await at.settle(0);
    const [first] = await at.builds(`&definitions=${definition.id}`);
    await at.box.json('PATCH', `/Demo/_apis/build/builds/${first?.id}`, { status: 'cancelling' });
    at.now += DAY;
    await at.settle(0);
    expect(await at.builds(`&definitions=${definition.id}`)).toHaveLength(2);
    commitFiles(folder, { 'ci.yml': STEPS });
    await at.settle();
    expect(await at.box.store.triggers.schedules({ definition: definition.id })).toEqual([]);
  });

  it('changes with the file and the default branch of its pipeline (TRIG-33)', async () => {
    const { definition, folder } = await at.pipeline('moves', DAILY);
    git(folder, 'checkout', '--quiet', '-b', 'next');
    commitFiles(folder, { 'other.yml': hourly('main'), 'ci.yml': hourly('next') });
    git(folder, 'checkout', '--quiet', 'main');
    commitFiles(folder, { 'other.yml': hourly('main') });
    await at.settle();
    const crons = async (): Promise<readonly string[]> =>
      (await at.box.store.triggers.schedules({ definition: definition.id }))
        .map(({ branch, plan }) => `${branch} ${JSON.stringify(plan['cron'])}`)
        .toSorted();
    expect(await crons()).toContain('refs/heads/main "0 11 * * *"');
    const path = `/Demo/_apis/build/definitions/${definition.id}`;
    const now = await at.box.json<WireDefinition>('GET', path);
    const process = { type: 2, yamlFilename: 'other.yml' };
    const moved = await at.box.json<WireDefinition>('PUT', path, { ...now, process });
    await at.settle(0);
    expect(await crons()).toContain('refs/heads/main "5 * * * *"');
    expect(await crons()).not.toContain('refs/heads/main "0 11 * * *"');
    const back = { ...moved, process: { type: 2, yamlFilename: 'ci.yml' } };
    const repository = { type: 'Git', url: folder, defaultBranch: 'refs/heads/next' };
    await at.box.json('PUT', path, { ...back, repository });
    await at.settle(0);
    expect(await crons()).toEqual(['refs/heads/main "0 11 * * *"', 'refs/heads/next "5 * * * *"']);
  });

  it('is meant in the time zone of its pipeline (TRIG-30)', async () => {
    const { definition } = await at.pipeline('zone', DAILY);
    const path = `/Demo/_apis/signalbox/triggers/${definition.id}`;
    await at.box.json('PATCH', path, { timeZone: 'Europe/Berlin' });
    await at.settle(0);
    const [next] = await at.box.store.triggers.schedules({ definition: definition.id });
    expect(new Date(next?.due ?? 0).toISOString()).toMatch(/T10:00:00/);
    const refused = await at.box.call('PATCH', path, { body: { timeZone: 'Mars/Olympus' } });
    expect(refused.statusCode).toBe(400);
  });
});
