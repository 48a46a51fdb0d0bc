import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { queueRun, runs, setUpProject, whenCompleted } from '../support/queue.ts';
import { startRemoteAgent, type RemoteAgent } from '../support/remote-agent.ts';
import { startSignalbox, type Signalbox } from '../support/signalbox.ts';
import { SmallDisk } from '../support/small-disk.ts';
import { waitUntil } from '../support/wait.ts';

const PROJECT = 'Full';
const LIMIT_MS = 600_000;

/** Waits for a file and says a line; fills what it is told to fill; leaves it to the job to clean up. */
const PIPELINES = {
  'wait.yml': `
trigger: none
pool: Default
steps:
  - checkout: none
  - bash: until [ -e "$FULL_FOLDER/go" ]; do sleep 0.2; done; echo through
`,
  'fill.yml': `
trigger: none
pool: Default
steps:
  - checkout: none
  - bash: head -c 64000000 /dev/zero > big
`,
  'clean.yml': `
trigger: none
pool: Default
jobs:
  - job: Clean
    workspace: { clean: all }
    steps:
      - checkout: none
      - bash: echo clean
`,
};

const disks = { server: SmallDisk.mount(48), agent: SmallDisk.mount(8) };

/** F14: a disk without space, of a server and of an agent that are otherwise well. */
describe('a full disk', () => {
  const folder = mkdtempSync(join(tmpdir(), 'signalbox-full-'));
  let box: Signalbox | undefined;
  let agent: RemoteAgent | undefined;
  let ids: Readonly<Record<string, number>> = {};

  beforeAll(async () => {
    if ('missing' in disks.server || 'missing' in disks.agent) return;
    box = await startSignalbox({ agents: 0, agentLease: 300, dataFolder: join(disks.server.folder, 'data') });
    ids = await setUpProject(box, PROJECT, PIPELINES);
    const body = { name: 'the agent', role: 'agent', pool: 'Default' };
    const { secret } = await box.rest<{ secret: string }>('POST', '/_apis/signalbox/tokens', body);
    const workFolder = join(disks.agent.folder, 'work');
    mkdirSync(workFolder);
    agent = startRemoteAgent({
      name: 'small',
      url: box.url,
      token: secret,
      workFolder,
      environment: { FULL_FOLDER: folder },
    });
  }, LIMIT_MS);

  afterAll(async () => {
    agent?.process.kill('SIGKILL');
    await agent?.ended;
    await box?.stop();
    for (const disk of Object.values(disks)) if (!('missing' in disk)) disk.unmount();
    rmSync(folder, { recursive: true, force: true });
  }, LIMIT_MS);

  it(
    'of the server: writes are refused with 503, what was acknowledged is there, and it goes on by itself',
    async (test) => {
      if ('missing' in disks.server) return test.skip(disks.server.missing);
      if (box === undefined) throw new Error('There is no server.');
      const server = box;
      const queue = (): Promise<number> => queueRun(server, PROJECT, ids['wait'] ?? 0);
      const acknowledged = [await queue()];
      await waitUntil(
        'its job runs',
        async () => (await runs(server, PROJECT))[0]?.stages[0]?.jobs[0]?.state === 'running',
      );
      disks.server.fill();
      let refusal = '';
      // What the database has taken of the disk before is still its own: some writes go on for a while.
      await waitUntil(
        'a run is refused',
        async () => {
          await queue().then(
            (id) => acknowledged.push(id),
            (error: unknown) => (refusal = String(error)),
          );
          return refusal !== '';
        },
        LIMIT_MS,
      );
      expect(refusal).toMatch(/ 503 .*"typeKey":"ServiceUnavailableException"/);
      const ready = await fetch(`http://127.0.0.1:${server.port}/readyz`);
      expect([ready.status, await ready.json()]).toMatchObject([503, { database: 'not writable' }]);
      writeFileSync(join(folder, 'key.pem'), 'a key');
      const upload = await server.cli(
        'secure-files',
        'upload',
        join(folder, 'key.pem'),
        '--project',
        PROJECT,
      );
      expect(upload.code).not.toBe(0);
      expect(upload.err).toContain('The disk of the server is full; nothing of this content was kept.');
      const shown = await runs(server, PROJECT);
      expect(shown.map(({ id }) => id).toSorted((a, b) => a - b)).toEqual(acknowledged);
      disks.server.clear();
      writeFileSync(join(folder, 'go'), '');
      await waitUntil('it is ready', async () => {
        return (await fetch(`http://127.0.0.1:${server.port}/readyz`)).status === 200;
      });
      acknowledged.push(await queue());
      const all = await whenCompleted(server, PROJECT, acknowledged, LIMIT_MS);
      expect(all.filter(({ result }) => result !== 'succeeded')).toEqual([]);
      expect(await runs(server, PROJECT), 'nothing of what was refused').toHaveLength(acknowledged.length);
    },
    LIMIT_MS,
  );

  it(
    'of the agent: the step fails and says why, and the agent goes on',
    async (test) => {
      if ('missing' in disks.agent) return test.skip(disks.agent.missing);
      if (box === undefined) throw new Error('There is no server.');
      const server = box;
      const run = async (name: string): Promise<readonly [string | undefined, string]> => {
        const id = await queueRun(server, PROJECT, ids[name] ?? 0);
        const [view] = await whenCompleted(server, PROJECT, [id], LIMIT_MS);
        const { out } = await server.cli('logs', String(id), '--project', PROJECT);
        const jobs = view?.stages.flatMap((stage) => stage.jobs) ?? [];
        const said = jobs.flatMap(({ message = '', steps }) => [
          message,
          ...steps.flatMap(({ issues }) => issues.map((issue) => issue.message)),
        ]);
        return [view?.result, [...said, out].join('\n')];
      };
      const [filled, why] = await run('fill');
      expect(filled).toBe('failed');
      expect(why).toMatch(/No space left on device/);
      const [next, whyNext] = await run('fill');
      expect(next).toBe('failed');
      expect(whyNext).toMatch(/ENOSPC|No space left on device/i);
      expect(await run('clean')).toEqual(['succeeded', expect.stringContaining('clean')]);
    },
    LIMIT_MS,
  );
});
