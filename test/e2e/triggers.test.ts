import { execFileSync } from 'node:child_process';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { RunView } from '@signalbox/api';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { cli, runs } from '../support/queue.ts';
import { startSignalbox, type Signalbox } from '../support/signalbox.ts';
import { waitUntil } from '../support/wait.ts';
import { granted, lock } from './scenarios/scenario.ts';

const COMMITS = 10;

/** A machine may be busy with other things: how long it took is printed. */
const LIMIT_MS = 400_000;
const WAIT_MS = 120_000;

const deploys = (trigger: string, environment: string, seconds: number): string => `
trigger: ${trigger}
pool: Default
stages:
  - stage: Deploy
    lockBehavior: sequential
    jobs:
      - deployment: Roll
        environment: ${environment}
        strategy:
          runOnce:
            deploy:
              steps:
                - script: sleep ${seconds}
`;

/** A bare repository, and a clone from which a person pushes. */
function bareRepository(files: Readonly<Record<string, string>>): {
  readonly bare: string;
  readonly push: (text: string) => string;
} {
  const bare = mkdtempSync(join(tmpdir(), 'signalbox-bare-'));
  const clone = mkdtempSync(join(tmpdir(), 'signalbox-clone-'));
  const git = (folder: string, ...args: readonly string[]): string => {
    const identity = ['-c', 'user.name=Ann', '-c', 'user.email=ann@example.com'];
    return execFileSync('git', [...identity, ...args], { cwd: folder, encoding: 'utf8' }).trim();
  };
  git(bare, 'init', '--quiet', '--bare', '--initial-branch=main');
  git(clone, 'init', '--quiet', '--initial-branch=main');
  const push = (text: string): string => {
    writeFileSync(join(clone, 'text'), text);
    git(clone, 'add', '--all');
    git(clone, 'commit', '--quiet', '--message', text);
    git(clone, 'push', '--quiet', bare, 'main');
    return git(clone, 'rev-parse', 'HEAD');
  };
  for (const [name, text] of Object.entries(files)) writeFileSync(join(clone, name), text);
  push('Begin');
  return { bare, push };
}

describe('ten commits pushed quickly to a bare repository', { timeout: LIMIT_MS }, () => {
  let box: Signalbox;

  beforeAll(async () => {
    box = await startSignalbox({ agents: 2, triggers: true });
  }, LIMIT_MS);
  afterAll(() => box.stop());

  const ofPipeline = async (project: string, name: string): Promise<readonly RunView[]> => {
    const all = await runs(box, project);
    return all.filter(({ definition }) => definition.name === name).toSorted((a, b) => a.id - b.id);
  };
  const isOver = ({ status }: RunView): boolean => status === 'completed';

  async function project(name: string, yaml: string): Promise<ReturnType<typeof bareRepository>> {
    const made = bareRepository({ 'p.yml': yaml });
    await cli(box, 'project', 'create', name);
    await lock(box, name, `--environment ${name.toLowerCase()} --order-by runQueueTime`);
    await cli(
      box,
      'pipeline',
      'create',
      'p',
      '--project',
      name,
      '--repository',
      made.bare,
      '--yaml',
      'p.yml',
    );
    return made;
  }

  it('give ten runs that deploy in the order of the commits behind runQueueTime (TRIG-7)', async () => {
    const { push } = await project('EACH', deploys('[main]', 'each', 0));
    const begun = Date.now();
    const commits = Array.from({ length: COMMITS }, (_, count) => push(`Change ${count}`));
    const pushed = Date.now();
    await waitUntil(
      `${COMMITS} runs`,
      async () => (await ofPipeline('EACH', 'p')).length === COMMITS,
      WAIT_MS,
    );
    const seen = Date.now();
    const found = await ofPipeline('EACH', 'p');
    const commitOf = new Map<number, string>();
    for (const { id } of found) {
      const build = await box.rest<{ sourceVersion: string; reason: string }>(
        'GET',
        `/EACH/_apis/build/builds/${id}`,
      );
      expect(build.reason).toBe('individualCI');
      commitOf.set(id, build.sourceVersion);
    }
    expect(found.map(({ id }) => commitOf.get(id))).toEqual(commits);
    await waitUntil('all are over', async () => (await ofPipeline('EACH', 'p')).every(isOver), WAIT_MS);
    expect((await ofPipeline('EACH', 'p')).map(({ result }) => result)).toEqual(
      commits.map(() => 'succeeded'),
    );
    // A stage with a lockBehavior of its own has a lock as well (LOCK-3).
    const grants = (await granted(box, 'EACH')).filter(({ resourceType }) => resourceType === 'environment');
    const deployed = grants.map(({ runId }) => commitOf.get(runId));
    expect(deployed).toEqual(commits);
    console.info(`pushed in ${pushed - begun} ms; ten runs ${seen - pushed} ms after the last push`);
  });

  it('give one with batch, behind the run that is going on (TRIG-9)', async () => {
    const { push } = await project('BATCH', deploys('{ batch: true, branches: [main] }', 'batch', 12));
    const first = push('First');
    const begun = Date.now();
    await waitUntil('a run', async () => (await ofPipeline('BATCH', 'p')).length === 1, WAIT_MS);
    console.info(`a run ${Date.now() - begun} ms after the push`);
    const commits = Array.from({ length: COMMITS }, (_, count) => push(`Change ${count}`));
    await waitUntil(
      'the run of the batch',
      async () => (await ofPipeline('BATCH', 'p')).length === 2,
      WAIT_MS,
    );
    await waitUntil('both are over', async () => (await ofPipeline('BATCH', 'p')).every(isOver), WAIT_MS);
    const builds = await box.rest<{ value: { sourceVersion: string; reason: string }[] }>(
      'GET',
      '/BATCH/_apis/build/builds?queryOrder=queueTimeAscending',
    );
    expect(builds.value.map(({ sourceVersion, reason }) => [sourceVersion, reason])).toEqual([
      [first, 'batchedCI'],
      [commits.at(-1), 'batchedCI'],
    ]);
  });
});
