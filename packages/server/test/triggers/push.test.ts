import type { Collection, PushHookView, TriggerView } from '@signalbox/api';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { commitFiles, git } from '../support/repository.ts';
import { triggered, type Triggered } from '../support/triggered.ts';

const STEPS = 'steps: [{ checkout: none }, { script: echo }]\n';

describe('a push', () => {
  let at: Triggered;

  beforeAll(async () => {
    at = await triggered();
  });
  afterAll(() => at.close());

  it('starts one run for each commit of the branch, oldest first, and none for what was there before (TRIG-7)', async () => {
    const { definition, folder } = await at.pipeline('each', STEPS);
    await at.settle();
    expect(await at.builds(`&definitions=${definition.id}`)).toEqual([]);
    const commits = [1, 2, 3].map((count) => commitFiles(folder, { a: String(count) }));
    await at.settle();
    const builds = await at.builds(`&definitions=${definition.id}`);
    expect(builds.map(({ sourceVersion }) => sourceVersion)).toEqual(commits);
    expect(builds[0]).toMatchObject({
      reason: 'individualCI',
      sourceBranch: 'refs/heads/main',
      requestedFor: { displayName: 'Test' },
      requestedBy: { displayName: 'Signalbox' },
      triggerInfo: {
        'ci.sourceBranch': 'refs/heads/main',
        'ci.sourceSha': commits[0],
        'ci.message': 'A change',
      },
    });
    await at.settle();
    expect(await at.builds(`&definitions=${definition.id}`)).toHaveLength(3);
  });

  it('is neither lost nor repeated when the server starts anew (TRIG-7)', async () => {
    const { definition, folder } = await at.pipeline('restart', STEPS);
    commitFiles(folder, { a: '1' });
    await at.settle();
    const missed = commitFiles(folder, { a: '2' });
    await at.box.restart();
    await at.settle();
    const builds = await at.builds(`&definitions=${definition.id}`);
    expect(builds.map(({ sourceVersion }) => sourceVersion).slice(1)).toEqual([missed]);
  });

  it('is judged by the file of the pushed branch (TRIG-7, TRIG-10)', async () => {
    const { definition, folder } = await at.pipeline('branch', `trigger: none\n${STEPS}`);
    git(folder, 'checkout', '--quiet', '-b', 'feature');
    commitFiles(folder, {
      'ci.yml': `trigger: { branches: [feature], paths: [src] }\n${STEPS}`,
      'src/a': '1',
    });
    await at.settle();
    git(folder, 'checkout', '--quiet', '-b', 'other', 'main');
    commitFiles(folder, { 'docs/a': '1' });
    await at.settle();
    git(folder, 'checkout', '--quiet', 'feature');
    commitFiles(folder, { 'docs/a': '1' });
    git(folder, 'tag', 'v1');
    git(folder, 'rm', '--quiet', '-r', 'ci.yml');
    git(folder, 'commit', '--quiet', '-m', 'Gone');
    await at.settle();
    expect(await at.outcomes(definition.id)).toEqual([
      'queued',
      'ignored: The file says `trigger: none`.',
      'ignored: No changed file is one of the paths of the trigger.',
      'ignored: There is no file ci.yml at this commit.',
      'ignored: The trigger leaves out refs/tags/v1.',
    ]);
  });

  it('that was forced or deleted is one push, or none', async () => {
    const { definition, folder } = await at.pipeline('forced', STEPS);
    const first = git(folder, 'rev-parse', 'HEAD');
    commitFiles(folder, { a: '1' });
    git(folder, 'branch', 'side');
    await at.settle();
    git(folder, 'reset', '--quiet', '--hard', first);
    git(folder, 'branch', '--quiet', '-D', 'side');
    const forced = commitFiles(folder, { b: '1' });
    await at.settle();
    git(folder, 'reset', '--quiet', '--hard', first);
    await at.settle();
    git(folder, 'reset', '--quiet', '--hard', forced);
    await at.settle();
    expect(await at.outcomes(definition.id)).toEqual([
      'queued',
      'queued',
      'queued',
      'ignored: The branch was deleted.',
      'queued',
      'queued',
    ]);
    const builds = await at.builds(`&definitions=${definition.id}&branchName=refs/heads/main`);
    expect(builds.map(({ sourceVersion }) => sourceVersion).slice(1)).toEqual([forced, first, forced]);
  });

  it('that cannot become a run is an event with the reason, never nothing', async () => {
    const { definition, folder } = await at.pipeline('broken', STEPS);
    commitFiles(folder, { 'ci.yml': 'steps: [{ scrpt: echo }]\n' });
    await at.settle();
    commitFiles(folder, { 'ci.yml': 'trigger: { branch: [main] }\n' });
    await at.settle();
    commitFiles(folder, { 'ci.yml': `trigger: [other]\nstepps: []\n` });
    await at.settle();
    const outcomes = await at.outcomes(definition.id);
    expect(outcomes[0]).toMatch(/^failed: ci\.yml\(1,\d+\): /);
    expect(outcomes[1]).toMatch(/^failed: ci\.yml\(1,\d+\): .*branch/);
    expect(outcomes[2]).toBe('ignored: The trigger leaves out refs/heads/main.');
  });

  it('waits with others of a batch for the run that is going on, and the newest stands for all (TRIG-9, X-12, GAP-30)', async () => {
    const { definition, folder } = await at.pipeline(
      'batch',
      `trigger: { batch: true, branches: ['*'] }\n${STEPS}`,
    );
    commitFiles(folder, { a: '1' });
    commitFiles(folder, { a: '2' });
    await at.settle();
    const [first] = await at.builds(`&definitions=${definition.id}`);
    expect(first).toMatchObject({ reason: 'batchedCI', sourceVersion: git(folder, 'rev-parse', 'HEAD') });
    for (const text of ['3', '4', '5']) commitFiles(folder, { a: text });
    const newest = git(folder, 'rev-parse', 'HEAD');
    await at.settle();
    git(folder, 'branch', 'free');
    await at.settle();
    await at.settle();
    expect(await at.builds(`&definitions=${definition.id}&branchName=refs/heads/main`)).toHaveLength(1);
    expect(await at.builds(`&definitions=${definition.id}&branchName=refs/heads/free`)).toHaveLength(1);
    await at.box.json('PATCH', `/Demo/_apis/build/builds/${first?.id}`, { status: 'cancelling' });
    await at.settle();
    await at.settle();
    const builds = await at.builds(`&definitions=${definition.id}&branchName=refs/heads/main`);
    expect(builds.map(({ sourceVersion }) => sourceVersion).slice(1)).toEqual([newest]);
  });

  it('that a hook told of counts as one, with who pushed; what the hook says is not believed (TRIG-7)', async () => {
    const { definition, folder } = await at.pipeline('hooked', STEPS);
    const hook = await at.box.json<PushHookView>('POST', '/Demo/_apis/signalbox/pushhooks', {
      definition: definition.id,
    });
    const before = git(folder, 'rev-parse', 'HEAD');
    for (const text of ['1', '2', '3']) commitFiles(folder, { a: text });
    const after = git(folder, 'rev-parse', 'HEAD');
    const tell = (update: object): Promise<unknown> =>
      at.box.call('POST', `/_apis/signalbox/pushhooks/${hook.id}`, {
        body: {
          eventType: 'git.push',
          resource: {
            pushedBy: { displayName: 'Ann' },
            refUpdates: [{ name: 'refs/heads/main', ...update }],
          },
        },
        token: undefined,
        headers: { authorization: `Basic ${Buffer.from(`:${hook.secret}`).toString('base64')}` },
      });
    await tell({ oldObjectId: before, newObjectId: after });
    await tell({ oldObjectId: before, newObjectId: after });
    await tell({ oldObjectId: after, newObjectId: 'f'.repeat(40) });
    await at.settle();
    const builds = await at.builds(`&definitions=${definition.id}`);
    expect(builds).toMatchObject([{ sourceVersion: after, requestedFor: { displayName: 'Ann' } }]);
    expect(builds).toHaveLength(1);
  });

  it('and what came of it can be looked at, switched off and on (TRIG-12)', async () => {
    const { definition, folder } = await at.pipeline('seen', STEPS);
    const path = `/Demo/_apis/signalbox/triggers/${definition.id}`;
    await at.box.json('PATCH', path, { automatic: false });
    commitFiles(folder, { a: '1' });
    await at.settle();
    await at.box.json('PATCH', path, { automatic: true });
    const commit = commitFiles(folder, { 'ci.yml': 'steps: [{ scrpt: echo }]\n' });
    await at.settle();
    const { value } = await at.box.json<Collection<TriggerView>>('GET', '/Demo/_apis/signalbox/triggers');
    expect(value).toMatchObject([
      {
        pipeline: { name: 'seen' },
        automatic: true,
        timeZone: 'UTC',
        repository: { url: folder, lookedAt: expect.any(String) as string },
        last: { what: `push of ${commit.slice(0, 8)} to main`, result: 'failed' },
      },
    ]);
    await at.box.json('PATCH', '/Demo/_apis/signalbox/triggers', { implied: false });
    commitFiles(folder, { 'ci.yml': STEPS });
    await at.settle();
    await at.box.json('PATCH', '/Demo/_apis/signalbox/triggers', { implied: true });
    const { triggers } = {
      triggers: [{ triggerType: 2, settingsSourceType: 1, branchFilters: ['-refs/heads/main'] }],
    };
    const definitionPath = `/Demo/_apis/build/definitions/${definition.id}`;
    const now = await at.box.json<object>('GET', definitionPath);
    await at.box.json('PUT', definitionPath, { ...now, triggers });
    commitFiles(folder, { a: '2' });
    await at.settle();
    const outcomes = await at.outcomes(definition.id);
    expect(outcomes[0]).toBe('ignored: The triggers of the pipeline are switched off.');
    expect(outcomes.slice(2)).toEqual([
      'ignored: The file has no `trigger`, and the project wants one.',
      'ignored: The trigger leaves out refs/heads/main.',
    ]);
  });
});
