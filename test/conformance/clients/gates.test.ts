import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { cli, queueRun, runs, setUpProject, whenCompleted } from '../../support/queue.ts';
import { startSignalbox, type Signalbox } from '../../support/signalbox.ts';
import { waitUntil } from '../../support/wait.ts';
import { azIsMissing } from './azure-cli.ts';

const missing = azIsMissing();

/** As users publish it: no organisation, no project, the token mapped. Only the pause is shorter. */
const LOOP = `
trigger: none
pool: Default
steps:
- checkout: none
- bash: |
    while true; do
      oldest=$(az pipelines runs list --pipeline-ids $(System.DefinitionId) --status inProgress --query-order QueueTimeAsc --top 1 --query "[0].id" --output tsv)
      if [ "$oldest" == "$(Build.BuildId)" ]; then break; fi
      echo "Run $oldest is before us"
      sleep 1
    done
  displayName: Wait for older runs
  env:
    AZURE_DEVOPS_EXT_PAT: $(System.AccessToken)
- bash: sleep 5
  displayName: Deploy
`;

/** The last step is what the extension adds to the job. */
const LATEST = `
trigger: none
pool: Default
stages:
- stage: Test
  jobs:
  - job: Test
    steps:
    - checkout: none
    - script: echo tested
- stage: Deploy
  jobs:
  - deployment: Roll
    environment: production
    strategy:
      runOnce:
        deploy:
          steps:
          - script: echo deployed
          - script: node "${fileURLToPath(new URL('cancel-pending.js', import.meta.url))}"
            displayName: Cancel older runs
            env:
              STOP_TOKEN: $(stopToken)
`;

interface Timeline {
  readonly records: readonly {
    readonly name: string;
    readonly startTime: string | null;
    readonly finishTime: string | null;
  }[];
}

describe('the gates that users built, as they are', () => {
  const folder = mkdtempSync(join(tmpdir(), 'signalbox-gates-'));
  let box: Signalbox;

  beforeAll(async () => {
    // Nothing of the Azure CLI of this machine comes in or changes.
    const environment = {
      AZURE_CONFIG_DIR: join(folder, 'azure'),
      AZURE_DEVOPS_CACHE_DIR: join(folder, 'cache'),
      AZURE_CORE_COLLECT_TELEMETRY: '0',
      AZURE_EXTENSION_USE_DYNAMIC_INSTALL: 'no',
    };
    box = await startSignalbox({ agents: 2, environment });
  }, 600_000);

  afterAll(async () => {
    await box.stop();
    rmSync(folder, { recursive: true, force: true });
  });

  it.skipIf(missing !== undefined)(
    `a loop of az in a step lets deployments through in the order of their runs (U4, REST §0.1)${missing === undefined ? '' : ` (skipped: ${missing})`}`,
    async () => {
      const { loop = 0 } = await setUpProject(box, 'LOOP', { 'loop.yml': LOOP });
      const ids = [await queueRun(box, 'LOOP', loop), await queueRun(box, 'LOOP', loop)];
      const done = await whenCompleted(box, 'LOOP', ids, 300_000);
      expect(done.map(({ result }) => result)).toEqual(['succeeded', 'succeeded']);
      const [older] = done;
      const newer = await deployOf(ids[1] ?? 0);
      expect(Date.parse(String(newer?.startTime))).toBeGreaterThanOrEqual(
        Date.parse(String(older?.finishTime)),
      );
    },
    600_000,
  );

  async function deployOf(run: number): Promise<Timeline['records'][number] | undefined> {
    const { records } = await box.rest<Timeline>('GET', `/LOOP/_apis/build/builds/${run}/timeline`);
    return records.find(({ name }) => name === 'Deploy');
  }

  it('a script of an extension cancels older runs whose stage is pending (CLASSIC-17, STG-11)', async () => {
    const { latest = 0 } = await setUpProject(box, 'LATEST', { 'latest.yml': LATEST });
    const { secret } = await box.rest<{ secret: string }>('POST', '/_apis/signalbox/tokens', {
      name: 'stops older runs',
      role: 'contributor',
    });
    const path = `/LATEST/_apis/build/definitions/${latest}`;
    const definition = await box.rest<Record<string, unknown>>('GET', path);
    const variables = { stopToken: { value: secret, isSecret: true } };
    await box.rest('PUT', path, { ...definition, variables });
    await box.rest('POST', '/LATEST/_apis/distributedtask/environments', { name: 'production' });
    const where = ['--project', 'LATEST', '--environment', 'production'];
    await cli(box, 'checks', 'add', 'approval', ...where, '--approver', 'administrator');

    const ids: number[] = [];
    for (let count = 0; count < 4; count += 1) ids.push(await queueRun(box, 'LATEST', latest));
    await waitUntil(
      'every run waits for approval',
      async () => {
        const all = await runs(box, 'LATEST');
        return all.filter(({ stages }) => stages[1]?.approvals?.length === 1).length === 4;
      },
      300_000,
    );
    await cli(box, 'approvals', 'approve', `${ids[2]}`, '--project', 'LATEST', '--comment', 'this one');
    const done = await whenCompleted(box, 'LATEST', ids.slice(0, 3), 300_000);
    expect(done.map(({ result }) => result)).toEqual(['canceled', 'canceled', 'succeeded']);
    const [newest] = (await runs(box, 'LATEST')).filter(({ id }) => id === ids[3]);
    expect(newest?.status).toBe('inProgress');
  }, 600_000);
});
