import type { LockRequestView } from '@signalbox/api';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { killAgent } from '../support/agents.ts';
import { cli, lockRequests, locks, queueRun, runs, setUpProject, whenCompleted } from '../support/queue.ts';
import { startSignalbox, type Signalbox } from '../support/signalbox.ts';
import { waitUntil } from '../support/wait.ts';

/** Seconds of a lease, and milliseconds of a clean-up and of the margin: after them nothing of a lost job can act. */
const LEASE_SECONDS = 10;
const CLEAN_UP_MS = 60_000;
const MARGIN_MS = 30_000;

/** Deploys to `qa` for as long as it is told. */
const DEPLOY = `
trigger: none
lockBehavior: sequential
pool: Default
stages:
  - stage: Deploy
    jobs:
      - deployment: Service
        environment: qa
        cancelTimeoutInMinutes: 1
        strategy: { runOnce: { deploy: { steps: [{ bash: 'sleep "\${DEPLOYSECONDS:-0.5}"' }] } } }
`;

interface Lost {
  readonly holder: number;
  readonly waiter: number;
  /** Before and after the kill; and what the lock shows then. */
  readonly killed: readonly [number, number];
  readonly shown: NonNullable<LockRequestView['holder']>;
}

describe('kill -9 of an agent whose job holds a lock (LAW-8, LAW-10)', () => {
  let box: Signalbox;

  beforeAll(async () => {
    box = await startSignalbox({ agents: 2, agentLease: LEASE_SECONDS });
  });

  afterAll(async () => {
    await box.stop();
  });

  const holderOf = async (project: string): Promise<LockRequestView | undefined> =>
    (await locks(box, project))[0]?.holders[0];

  const release = (project: string, run: number) =>
    box.cli('locks', 'release', String(run), '--project', project, '--reason', 'the machine is off');

  /** One run holds the lock and loses its agent, another one waits. */
  async function lose(project: string): Promise<Lost> {
    const { p = 0 } = await setUpProject(box, project, { 'p.yml': DEPLOY });
    await cli(box, ...`locks create --project ${project} --environment qa`.split(' '));
    const holder = await queueRun(box, project, p, { deploySeconds: '600' });
    let agent: string | undefined;
    await waitUntil('its job runs', async () => {
      const [run] = await runs(box, project);
      agent = run?.stages[0]?.jobs.find(({ steps }) => steps.length > 0)?.agent;
      return agent !== undefined;
    });
    const waiter = await queueRun(box, project, p);
    await waitUntil('the other one waits', async () => (await lockRequests(box, project)).length === 2);
    const alive = await release(project, holder);
    expect(alive, 'a live holder is never robbed').toMatchObject({ code: 5 });
    const before = Date.now();
    expect(killAgent(box, agent ?? '')).toBe(true);
    const killed = [before, Date.now()] as const;
    await waitUntil('it is quarantined', async () => (await holderOf(project))?.holder !== undefined);
    const shown = (await holderOf(project))?.holder;
    if (shown === undefined) throw new Error('The holder is at work again.');
    return { holder, waiter, killed, shown };
  }

  it('shows the lock as quarantined until an instant, and an operator hands it on with the next token', async () => {
    const { holder, waiter, killed, shown } = await lose('Released');
    const [before, after] = killed;
    expect(shown.state).toBe('quarantined');
    expect(Date.parse(shown.since)).toBeGreaterThanOrEqual(before);
    const until = Date.parse(shown.until ?? '');
    expect(until - after).toBeGreaterThan(CLEAN_UP_MS + MARGIN_MS);
    expect(until - after).toBeLessThanOrEqual(LEASE_SECONDS * 1000 + CLEAN_UP_MS + MARGIN_MS);
    expect(await cli(box, 'locks', '--project', 'Released')).toContain(`That is so at ${shown.until}.`);
    const [lock] = await locks(box, 'Released');
    expect(lock?.waiters[0]?.blockers.map(({ kind }) => kind)).toContain('quarantined');
    expect(lock?.waiters[0]?.reasons.join(' ')).toMatch(/waits until nothing of .+ can act any more/);
    expect(await release('Released', holder)).toMatchObject({ code: 0 });
    await whenCompleted(box, 'Released', [waiter]);
    const requests = await lockRequests(box, 'Released');
    const granted = Date.parse(requests[1]?.assignTime ?? '');
    expect(granted, 'nobody waited for the end of the quarantine').toBeLessThan(until);
    expect(requests).toMatchObject([
      { runId: holder, token: 1, status: 'abandoned' },
      { runId: waiter, token: 2, status: 'finished' },
    ]);
    const audit = await cli(box, 'audit', 'list', '--project', 'Released', '--output', 'tsv');
    expect(audit).toMatch(/ForceRelease.*the machine is off/);
  }, 240_000);

  it('is handed on by itself once lease, clean-up and margin are over, and not before', async () => {
    const { holder, waiter, shown } = await lose('Waited');
    const [lost, next] = await whenCompleted(box, 'Waited', [holder, waiter], 240_000);
    expect([lost?.result, next?.result]).toEqual(['failed', 'succeeded']);
    const [first, second] = await lockRequests(box, 'Waited');
    expect(first).toMatchObject({ runId: holder, token: 1, status: 'abandoned' });
    expect(second).toMatchObject({ runId: waiter, token: 2, status: 'finished' });
    expect(Date.parse(second?.assignTime ?? '')).toBeGreaterThanOrEqual(Date.parse(shown.until ?? ''));
  }, 300_000);
});
