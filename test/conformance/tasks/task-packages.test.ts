import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { cli, queueRun, setUpProject, whenCompleted } from '../../support/queue.ts';
import { startSignalbox, type Signalbox } from '../../support/signalbox.ts';
import { bundlePackage, PACKAGE_NAMES } from './bundle-package.ts';

const PIPELINE = `
variables:
- group: keys
steps:
- checkout: none
- task: ReadEverything@1
  name: read
  inputs:
    hello: good morning
    shout: true
    service: prod
- task: SayFailed@1
  name: fails
  continueOnError: true
- task: RunLong@1
  name: long
- task: SetOutputs@1
  name: outputs
- task: acme.tools.WriteSummary@1
  name: summary
- task: 5c0b2cf1-6f0e-4a61-9a3d-5c1d0a7f0006@1
  name: around
  inputs:
    file: key.pem
- script: echo '[$(outputs.colour)] [$(outputs.pin)] [$(plain)] [$(seen)] [$(hidden)]'
  name: later
`;

/** One run of one pipeline with all six packages, unchanged and installed as a user would. */
describe('task packages in the published form', () => {
  let box: Signalbox;
  let run: number;
  const folders: string[] = [];

  beforeAll(async () => {
    box = await startSignalbox({ agents: 1 });
    const ids = await setUpProject(box, 'Tasks', { 'tasks.yml': PIPELINE });
    const secrets = mkdtempSync(join(tmpdir(), 'signalbox-secrets-'));
    folders.push(secrets);
    writeFileSync(join(secrets, 'password'), 'correct horse');
    writeFileSync(join(secrets, 'key.pem'), 'BEGIN KEY\n');
    await cli(
      box,
      ...'connections create prod https://prod.example/ --project Tasks --username robot --password-file'.split(
        ' ',
      ),
      join(secrets, 'password'),
    );
    await cli(box, 'secure-files', 'upload', join(secrets, 'key.pem'), '--project', 'Tasks');
    await box.rest('POST', '/Tasks/_apis/distributedtask/variablegroups', {
      name: 'keys',
      type: 'Vsts',
      variables: { deployKey: { value: 'battery staple', isSecret: true } },
    });
    folders.push(...(await Promise.all(PACKAGE_NAMES.map(bundlePackage))));
    for (const folder of folders.slice(1)) await cli(box, 'task', 'install', folder);
    run = await queueRun(box, 'Tasks', ids['tasks']!);
    await whenCompleted(box, 'Tasks', [run]);
    // A bundler, a server, and a process for each command: a busy machine takes its time.
  }, 400_000);

  afterAll(async () => {
    await box.stop();
    for (const folder of folders) rmSync(folder, { recursive: true, force: true });
  });

  const logs = (): Promise<string> => cli(box, 'runs', 'logs', String(run), '--project', 'Tasks');

  it('give a run of the results that they tell (LOG-14, RES-9)', async () => {
    const build = await box.rest<{ result: string }>('GET', `/Tasks/_apis/build/builds/${run}`);
    const { records } = await box.rest<{ records: { type: string; name: string; result: string }[] }>(
      'GET',
      `/Tasks/_apis/build/builds/${run}/timeline`,
    );
    const results = records.filter(({ type }) => type === 'Task').map(({ name, result }) => [name, result]);
    expect(Object.fromEntries(results)).toMatchObject({
      ReadEverything: 'succeeded',
      SayFailed: 'succeededWithIssues',
      RunLong: 'succeededWithIssues',
      SetOutputs: 'succeeded',
    });
    expect(build.result).toBe('partiallySucceeded');
  });

  it('read inputs, secrets and endpoints, and show no secret (SEC-1, AGENT-7)', async () => {
    const text = await logs();
    expect(text).toContain('GOOD MORNING');
    expect(text).toMatch(/folder .*\/s\/sub folder/);
    expect(text).toContain('service https://prod.example/ UsernamePassword');
    expect(text).toContain('password of 13 characters: ***');
    expect(text).toContain('secret variable of 14 characters: ***');
    expect(text).not.toMatch(/correct horse|battery staple|4711-secret/);
  });

  it('run a child to its end, line by line', async () => {
    // The task library shows the command too, which holds the same words, but no number behind them.
    const numbers = [...(await logs()).matchAll(/child line (\d+)$/gm)].map(([, number]) => Number(number));
    expect(numbers).toEqual(Array.from({ length: 20 }, (_, at) => at + 1));
  });

  it('set output variables, as far as their restrictions let them (CTX-1, LOG-2, LOG-41)', async () => {
    expect(await logs()).toContain('[blue; green]%25] [***] [for later steps] [yes] [$(hidden)]');
  });

  it('upload a summary that the run shows (LOG-20)', async () => {
    const path = `/Tasks/_apis/build/builds/${run}/attachments/Distributedtask.Core.Summary`;
    const { value } = await box.rest<{ value: readonly { name: string }[] }>('GET', path);
    expect(value).toHaveLength(1);
  });

  it('keep a secure file between their parts, and take it away (LOG-16, WS-3)', async () => {
    const text = await logs();
    expect(text).toContain('kept true 9');
    expect(text).toMatch(/removed after Succeeded/);
  });
});
