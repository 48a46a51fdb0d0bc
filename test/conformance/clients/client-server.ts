import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { queueRun, setUpProject, whenCompleted } from '../../support/queue.ts';
import { gitRepository } from '../../support/repository.ts';
import { startSignalbox, type Signalbox } from '../../support/signalbox.ts';
import { waitUntil } from '../../support/wait.ts';
import { Kept } from './client-table.ts';

const HELLO = `
trigger: none
pool: Default
parameters:
- name: who
  type: string
  default: world
stages:
- stage: Build
  jobs:
  - job: Make
    steps:
    - checkout: none
    - script: mkdir -p out && echo "hello \${{ parameters.who }}" > out/hello.txt
      displayName: Make a file
    - publish: out
      artifact: files
- stage: Deploy
  jobs:
  - deployment: Roll
    environment: qa
    strategy:
      runOnce:
        deploy:
          steps:
          - script: echo deployed
`;

/** The first of its runs keeps the only agent busy, so that all others wait behind it. */
const WAIT = `
trigger: none
pool: Default
steps:
- checkout: none
- script: sleep 86400
`;

/** A fresh server as a client finds it, with something of everything that clients ask for. */
export interface ClientServer {
  readonly box: Signalbox;
  /** Of an administrator, in the shape of a personal access token. */
  readonly token: string;
  /** For files of the client. */
  readonly folder: string;
  /**
   * Address, token, that of a reader, folder, repository; the pipelines `hello` and `wait`, and a finished run of the first, `done`,
   * and one of the second that is not over, `busy`.
   */
  readonly kept: Kept;
  stop(): Promise<void>;
}

/** Starts one: the project `Demo`, two pipelines, a finished run, and one that keeps the agent busy. */
export async function startClientServer(): Promise<ClientServer> {
  const box = await startSignalbox({ agents: 1 });
  const folder = mkdtempSync(join(tmpdir(), 'signalbox-client-'));
  const files = { 'hello.yml': HELLO, 'wait.yml': WAIT };
  const repository = gitRepository(files);
  const ids = await setUpProject(box, 'Demo', files, repository);
  const { hello = 0, wait = 0 } = ids;
  const done = await queueRun(box, 'Demo', hello);
  await whenCompleted(box, 'Demo', [done], 300_000);
  const busy = await queueRun(box, 'Demo', wait);
  await untilStatus(box, busy, 'inProgress');
  const made = await makeToken(box, 'robot', 'administrator');
  const reader = await makeToken(box, 'onlooker', 'reader');
  return {
    box,
    token: made.secret,
    folder,
    kept: new Kept({
      url: box.url,
      token: made.secret,
      reader: reader.secret,
      folder,
      repository,
      hello,
      wait,
      done,
      busy,
    }),
    async stop() {
      // What clients queued would take the agent next, and an agent finishes its job before it ends.
      await cancelAll(box);
      await box.stop();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

function makeToken(box: Signalbox, name: string, role: string): Promise<{ readonly secret: string }> {
  return box.rest('POST', '/_apis/signalbox/tokens', { name, role });
}

async function untilStatus(box: Signalbox, run: number, status: string): Promise<void> {
  await waitUntil(
    `run ${run} is ${status}`,
    async () =>
      (await box.rest<{ status: string }>('GET', `/Demo/_apis/build/builds/${run}`)).status === status,
    300_000,
  );
}

async function cancelAll(box: Signalbox): Promise<void> {
  const open = (): Promise<{ readonly value: readonly { readonly id: number }[] }> =>
    box.rest('GET', '/Demo/_apis/build/builds?statusFilter=notStarted,inProgress,cancelling');
  for (const { id } of (await open()).value)
    await box.rest('PATCH', `/Demo/_apis/build/builds/${id}`, { status: 'cancelling' });
  await waitUntil('every run is over', async () => (await open()).value.length === 0, 300_000);
}
