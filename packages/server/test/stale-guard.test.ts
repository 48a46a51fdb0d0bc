import type { LockView, RunView, WireBuild, WireTimeline } from '@signalbox/api';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { connectAgent, type FakeAgent } from './support/fake-agent.ts';
import { DEPLOY_TO_QA, lockEnvironment, makeProject, runOf } from './support/project.ts';
import { commitFiles, git } from './support/repository.ts';
import { testServer, type TestServer } from './support/test-server.ts';

describe('the guard against stale commits', () => {
  let box: TestServer;
  let agent: FakeAgent;
  let folder: string;
  let definition: number;
  /** From old to new, each on top of the one before. */
  let commits: readonly string[];

  beforeEach(async () => {
    box = await testServer({ pollWaitMs: 200 });
    const made = await makeProject(box, { yaml: DEPLOY_TO_QA });
    ({ folder } = made);
    definition = made.definition.id;
    await lockEnvironment(box, 'Demo');
    agent = await connectAgent(box);
    const first = git(folder, 'rev-parse', 'HEAD');
    commits = [first, commitFiles(folder, { a: '1' }), commitFiles(folder, { a: '2' })];
  });

  afterEach(() => box.close());

  async function guard(staleGuard: string): Promise<void> {
    const { value } = await box.json<{ value: LockView[] }>('GET', '/Demo/_apis/signalbox/locks');
    const change = { staleGuard, behavior: 'sequential' };
    await box.json('PATCH', `/Demo/_apis/signalbox/locks/${value[0]?.id}`, change);
  }

  async function queueAt(commit: string | undefined, sourceBranch = 'main'): Promise<number> {
    const body = { definition: { id: definition }, sourceBranch, sourceVersion: commit };
    const { id } = await box.json<WireBuild>('POST', '/Demo/_apis/build/builds', body);
    await box.server.settle();
    return id;
  }

  async function deployOne(): Promise<void> {
    const job = await agent.poll();
    await agent.finish(job!);
    await box.server.settle();
  }

  it('rejects older runs that wait once a hotfix on top of them is deployed, and names it (Q9)', async () => {
    await guard('reject');
    const hotfix = await queueAt(commits[2]);
    const older = await queueAt(commits[0]);
    const same = await queueAt(commits[2]);
    await deployOne();
    const { stages } = await runOf(box, 'Demo', older);
    expect(stages[0]).toMatchObject({
      result: 'failed',
      reason: { kind: 'stale', lock: 'qa', byRun: hotfix, byStage: 'Deploy' },
    });
    expect((await runOf(box, 'Demo', same)).stages[0]?.state).toBe('running');
    const timeline = await box.json<WireTimeline>('GET', `/Demo/_apis/build/builds/${older}/timeline`);
    const lock = timeline.records.find(({ type }) => type === 'Checkpoint.ExclusiveLock');
    expect(lock).toMatchObject({ result: 'failed', issues: [{ type: 'error' }] });
  });

  it('warns and lets it deploy, where the lock only warns', async () => {
    await guard('warn');
    const newer = await queueAt(commits[1]);
    const older = await queueAt(commits[0]);
    await deployOne();
    const run: RunView = await runOf(box, 'Demo', older);
    expect(run.stages[0]).toMatchObject({
      state: 'running',
      stale: [{ lockName: 'qa', byRun: newer, judgedBy: 'ancestry' }],
    });
  });

  it('lets a commit deploy that is on no common line with what was deployed', async () => {
    git(folder, 'switch', '--quiet', '--create', 'other', commits[0]!);
    const diverged = commitFiles(folder, { b: '1' });
    await guard('reject');
    await queueAt(commits[2]);
    const other = await queueAt(diverged, 'other');
    await deployOne();
    expect((await runOf(box, 'Demo', other)).stages[0]?.state).toBe('running');
  });
});
