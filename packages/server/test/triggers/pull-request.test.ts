import { createHmac } from 'node:crypto';
import type { PushHookView } from '@signalbox/api';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { commitFiles, git } from '../support/repository.ts';
import { triggered, type Triggered } from '../support/triggered.ts';

const STEPS = 'trigger: none\nsteps: [{ checkout: none }, { script: echo }]\n';

describe('a pull request', () => {
  let at: Triggered;

  beforeAll(async () => {
    at = await triggered();
  });
  afterAll(() => at.close());

  /** Merges the branch as the service that has the pull request does; answers the merge. */
  const merge = (folder: string, number: number, branch: string): { head: string; merge: string } => {
    const head = git(folder, 'rev-parse', branch);
    const tree = git(folder, 'rev-parse', `${branch}^{tree}`);
    const made = git(folder, 'commit-tree', tree, '-p', 'main', '-p', head, '-m', `Merge ${number}`);
    git(folder, 'update-ref', `refs/pull/${number}/merge`, made);
    git(folder, 'update-ref', `refs/pull/${number}/head`, head);
    return { head, merge: made };
  };

  it('is looked for where the pipeline says so; a new push cancels the runs of the older one (TRIG-21, TRIG-22, CANCEL-14, X-16)', async () => {
    const { definition, folder } = await at.pipeline('polled', STEPS);
    git(folder, 'checkout', '--quiet', '-b', 'topic');
    commitFiles(folder, { a: '1' });
    merge(folder, 7, 'topic');
    await at.settle();
    expect(await at.builds()).toEqual([]);
    const path = `/Demo/_apis/signalbox/triggers/${definition.id}`;
    await at.box.json('PATCH', path, { pollPullRequests: true });
    await at.settle();
    commitFiles(folder, { a: '2' });
    const first = merge(folder, 7, 'topic');
    await at.settle();
    commitFiles(folder, { a: '3' });
    const second = merge(folder, 7, 'topic');
    await at.settle();
    const builds = await at.builds(`&definitions=${definition.id}`);
    expect(builds.map(({ sourceVersion, status }) => [sourceVersion, status])).toEqual([
      [first.merge, 'completed'],
      [second.merge, 'inProgress'],
    ]);
    expect(builds[1]).toMatchObject({
      reason: 'pullRequest',
      sourceBranch: 'refs/pull/7/merge',
      triggerInfo: { 'pr.number': '7', 'pr.isFork': 'False', 'pr.sourceSha': second.head },
    });
    const run = await at.box.store.runs.get(builds[1]?.id ?? 0);
    expect(run?.cause?.variables).toMatchObject({
      'System.PullRequest.TargetBranch': 'refs/heads/main',
      'System.PullRequest.SourceCommitId': second.head,
    });
  });

  it('of a fork runs where the pipeline says so, without secrets and protected resources (TRIG-23, TH2)', async () => {
    const { definition, folder } = await at.pipeline('forked', STEPS);
    const save = async (change: object): Promise<void> => {
      const path = `/Demo/_apis/build/definitions/${definition.id}`;
      const now = await at.box.json<object>('GET', path);
      await at.box.json('PUT', path, { ...now, ...change });
    };
    await save({ variables: { open: { value: 'a' }, hidden: { value: 'b', isSecret: true } } });
    await at.box.json('PATCH', `/Demo/_apis/signalbox/triggers/${definition.id}`, { pollPullRequests: true });
    await at.settle();
    const push = async (files: Record<string, string>): Promise<void> => {
      git(folder, 'checkout', '--quiet', '-B', 'theirs', 'main');
      commitFiles(folder, files);
      merge(folder, 8, 'theirs');
      git(folder, 'checkout', '--quiet', 'main');
      git(folder, 'branch', '--quiet', '-D', 'theirs');
      await at.settle();
    };
    await push({ a: '1' });
    await save({
      triggers: [{ triggerType: 'pullRequest', forks: { enabled: 'true' }, settingsSourceType: 2 }],
    });
    await push({ a: '2' });
    const [build] = await at.builds(`&definitions=${definition.id}`);
    const run = await at.box.store.runs.get(build?.id ?? 0);
    expect([run?.cause?.fork, Object.keys(run?.variables ?? {})]).toEqual([true, ['open']]);
    await at.box.json('POST', '/Demo/_apis/distributedtask/environments', { name: 'prod' });
    await push({
      'ci.yml':
        'jobs: [{ deployment: D, environment: prod, strategy: { runOnce: { deploy: { steps: [{ script: echo }] } } } }]\n',
    });
    expect((await at.outcomes(definition.id)).filter((text) => !text.includes('trigger: none'))).toEqual([
      'ignored: It comes from a fork, and the pipeline runs none.',
      'queued',
      'failed: A run of a fork may not use prod (environment).',
    ]);
  });

  it('is told of by a hook, which nobody without its secret can use (TRIG-20)', async () => {
    const { definition, folder } = await at.pipeline('hooked', STEPS);
    const hook = await at.box.json<PushHookView>('POST', '/Demo/_apis/signalbox/pushhooks', {
      definition: definition.id,
    });
    git(folder, 'checkout', '--quiet', '-b', 'topic');
    commitFiles(folder, { a: '1' });
    const { head } = merge(folder, 9, 'topic');
    const repo = { id: 5 };
    const body = JSON.stringify({
      action: 'opened',
      pull_request: {
        number: 9,
        title: 'Better',
        draft: false,
        user: { login: 'ann' },
        head: { ref: 'topic', sha: head, repo },
        base: { ref: 'main', repo },
      },
    });
    const send = (secret: string, path = hook.id) =>
      at.box.call('POST', `/_apis/signalbox/pushhooks/${path}`, {
        body,
        token: undefined,
        headers: {
          'x-hub-signature-256': `sha256=${createHmac('sha256', secret).update(body).digest('hex')}`,
        },
      });
    const secret = hook.secret ?? '';
    const codes = [
      await send('wrong'),
      await send(secret, '0'.repeat(24)),
      await send(secret),
      await send(secret),
    ];
    expect(codes.map(({ statusCode }) => statusCode)).toEqual([401, 401, 202, 202]);
    await at.settle();
    const builds = await at.builds(`&definitions=${definition.id}`);
    expect(builds).toMatchObject([
      { reason: 'pullRequest', requestedFor: { displayName: 'ann' }, triggerInfo: { 'pr.title': 'Better' } },
    ]);
    const listed = await at.box.call('GET', '/Demo/_apis/signalbox/pushhooks');
    expect(listed.body).toContain(hook.id);
    expect(listed.body).not.toContain(secret);
    for (const role of ['reader']) {
      const refused = await at.box.call('POST', '/Demo/_apis/signalbox/pushhooks', {
        body: { definition: definition.id },
        token: await at.box.token(role),
      });
      expect(refused.statusCode).toBe(403);
    }
    await at.box.json('DELETE', `/Demo/_apis/signalbox/pushhooks/${hook.id}`);
    expect((await send(secret)).statusCode).toBe(401);
  });
});
