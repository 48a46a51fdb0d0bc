import { execFile, spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startSignalbox, type Signalbox } from '../../support/signalbox.ts';
import { waitUntil } from '../../support/wait.ts';
import { azIsMissing } from './azure-cli.ts';

const run = promisify(execFile);
const launcher = fileURLToPath(new URL('../../../packages/cli/bin/signalbox.js', import.meta.url));
const lister = fileURLToPath(new URL('list-projects.js', import.meta.url));
const ORGANIZATION = 'https://dev.azure.com/contoso';
const missing = azIsMissing();

type Environment = Readonly<Record<string, string | undefined>>;

describe('clients of dev.azure.com through signalbox az-proxy (REST §0.2, REST §4)', () => {
  const folder = mkdtempSync(join(tmpdir(), 'signalbox-proxy-'));
  let box: Signalbox;
  let proxy: { readonly environment: Environment; stop(): Promise<void> };

  beforeAll(async () => {
    box = await startSignalbox({ agents: 0 });
    await box.rest('POST', '/_apis/projects', { name: 'Shop' });
    proxy = await startAzProxy(box, folder);
  }, 600_000);

  afterAll(async () => {
    await proxy.stop();
    await box.stop();
    rmSync(folder, { recursive: true, force: true });
  });

  it('azure-devops-node-api', async () => {
    const env = { ...proxy.environment, ORGANIZATION_URL: ORGANIZATION, TOKEN: box.token };
    const { stdout } = await run(process.execPath, [lister], { env });
    expect(JSON.parse(stdout)).toEqual(['Shop']);
  }, 300_000);

  it.skipIf(missing !== undefined)(
    `the Azure CLI, which says nothing of Azure DevOps Server then${missing === undefined ? '' : ` (skipped: ${missing})`}`,
    async () => {
      const env = {
        ...proxy.environment,
        AZURE_CONFIG_DIR: join(folder, 'azure'),
        AZURE_DEVOPS_CACHE_DIR: join(folder, 'cache'),
        AZURE_DEVOPS_EXT_PAT: box.token,
        AZURE_CORE_COLLECT_TELEMETRY: '0',
      };
      const words = ['pipelines', 'list', '--organization', ORGANIZATION, '--project', 'Shop'];
      const { stdout, stderr } = await run('az', words, { env });
      expect([JSON.parse(stdout), stderr]).toEqual([[], '']);
      const other = ['devops', 'project', 'list', '--organization', 'https://dev.azure.com/other'];
      await expect(run('az', other, { env })).rejects.toMatchObject({
        stderr: expect.stringContaining('stands in for the organisation contoso only') as string,
      });
    },
    600_000,
  );
});

/** Starts the command; answers the environment with the variables that it prints. */
async function startAzProxy(
  box: Signalbox,
  data: string,
): Promise<{ readonly environment: Environment; stop(): Promise<void> }> {
  const words = ['az-proxy', '--port', '0', '--as', 'contoso', '--data', data];
  const child = spawn(process.execPath, [launcher, ...words], {
    env: { ...process.env, SIGNALBOX_URL: box.url, NO_COLOR: '1' },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const ended = new Promise<void>((done) => child.once('exit', () => done()));
  let said = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => (said += text));
  await waitUntil('the proxy says how to use it', () => said.includes('# the organisation is'), 300_000);
  const printed = [...said.matchAll(/^export (\w+)=(.+)$/gm)].map(([, name = '', value = '']) => [
    name,
    value,
  ]);
  return {
    environment: { ...process.env, NO_PROXY: '', ...(Object.fromEntries(printed) as Environment) },
    async stop() {
      child.kill('SIGINT');
      await ended;
    },
  };
}
