import { type WireCheckSuite } from '@signalbox/api';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { EXIT } from '../src/exit-codes.ts';
import { runProgram } from '../src/program.ts';
import { recordingTerminal } from './support.ts';
import { commitPipeline, startTestServer, type TestServer } from './test-server.ts';

const PIPELINE = `
trigger: none
stages:
  - stage: Deploy
    jobs:
      - deployment: Roll
        environment: production
        strategy: { runOnce: { deploy: { steps: [{ script: echo deploy }] } } }
`;

describe('checks on the command line', () => {
  let box: TestServer;
  let pipeline = 0;

  beforeAll(async () => {
    box = await startTestServer();
    commitPipeline(box.folder, PIPELINE);
    await box.client.createProject({ name: 'Shop' });
    await signalbox('pipeline', 'create', 'web', '--repository', box.folder);
    pipeline = (await box.client.listDefinitions('Shop')).items[0]?.id ?? 0;
    await box.client.createEnvironment('Shop', { name: 'production' });
  });

  afterAll(() => box.stop());

  async function signalbox(
    ...args: readonly string[]
  ): Promise<{ readonly code: number; readonly out: string; readonly err: string }> {
    const terminal = recordingTerminal();
    const code = await runProgram([...box.access, ...args], terminal);
    return { code, out: terminal.printed(), err: terminal.said() };
  }

  function add(...args: readonly string[]): ReturnType<typeof signalbox> {
    return signalbox('checks', 'add', ...args, '--environment', 'Production');
  }

  async function queueRun(): Promise<string> {
    const { id } = await box.client.queueBuild('Shop', pipeline);
    await box.server.settle();
    return String(id);
  }

  it('shows every kind from one table, in every format', async () => {
    expect((await signalbox('checks')).err).toContain('There are no checks. Add one:');
    const added = [
      await add('approval', '--approver', '@ops', 'ann', '--minimum', '1'),
      await add('branch-control', '--branch', 'main', 'release/*', '--protected', '--allow-unknown'),
      await add('business-hours', '--zone', 'Europe/Berlin', '--windows', 'Mon-Fri 08:00-17:00'),
      await add('required-template', '--template', 'a.yml@tools', '--template', 'b.yml@org/x#refs/tags/v1'),
    ];
    expect(added.map(({ code, err }) => [code, err])).toEqual(added.map(() => [EXIT.ok, '']));
    await box.client.addExclusiveLock('Shop', 1);
    const rows = (await signalbox('checks', 'list', '--output', 'tsv')).out.split('\n');
    expect(rows.map((row) => row.split('\t').slice(3, 5))).toEqual([
      ['exclusive-lock', ''],
      ['approval', 'preCheck: @ops, ann (1 of 2)'],
      ['branch-control', 'refs/heads/main, refs/heads/release/*, protected or unknown'],
      ['business-hours', 'Monday, Tuesday, Wednesday, Thursday, Friday 08:00-17:00 Europe/Berlin'],
      ['required-template', 'a.yml of tools at refs/heads/main or b.yml of org/x at refs/tags/v1'],
      [],
    ]);
    const { out } = await signalbox('checks', 'list', '--environment', 'PRODUCTION');
    expect(out).toMatch(
      /^ID +TYPE +RESOURCE +CHECK +SETTINGS +TIME-OUT +ENABLED\n1 +environment +production/,
    );
    const json = await signalbox('checks', 'list', '--output', 'json', '--environment', 'nowhere');
    expect(JSON.parse(json.out)).toEqual([]);
    for (const { id } of (await box.client.listAllChecks('Shop')).items) {
      expect((await signalbox('checks', 'remove', String(id))).code).toBe(EXIT.ok);
    }
  });

  it.each([
    { args: ['required-template', '--template', 'a.yml'], says: 'looks like secure.yml@templates' },
    { args: ['required-template'], says: '--template' },
    { args: ['branch-control'], says: '--branch' },
  ])('refuses wrong usage: $args', async ({ args, says }) => {
    const { code, err } = await add(...args);
    expect([code, err]).toEqual([EXIT.usage, expect.stringContaining(says)]);
  });

  it('says why a run is stopped, and lets runs pass without a disabled check (CHK-52, CHK-61)', async () => {
    const { out } = await add('branch-control', '--branch', 'release/*', '--name', 'Releases');
    const id = /^check +(\d+)$/m.exec(out)?.[1] ?? '';
    const stopped = await signalbox('checks', 'of', await queueRun());
    expect(stopped.out).toMatch(
      /^STAGE +CHECK +STATUS +SINCE +UNTIL +WHY +ID\nDeploy +Releases of production +rejected/,
    );
    expect(stopped.out).toContain('is at refs/heads/main, which none of refs/heads/release/* allows.');
    expect((await signalbox('checks', 'disable', id)).err).toBe(`Check ${id} is disabled.\n`);
    expect((await signalbox('checks', 'of', await queueRun())).err).toContain('The run has no checks');
    expect((await signalbox('checks', 'enable', id)).err).toBe(`Check ${id} is enabled.\n`);
    expect((await signalbox('checks', 'of', await queueRun())).out).toContain('rejected');
    await signalbox('checks', 'remove', id);
  });

  it('passes a check by, by its number or its id, and says who did, and why (CHK-50)', async () => {
    const { out } = await add('approval', '--approver', 'ann');
    const number = /^check +(\d+)$/m.exec(out)?.[1] ?? '';
    const run = await queueRun();
    expect((await signalbox('checks', 'of', run)).out).toMatch(
      /Approval of production +running .*approval .*by ann/,
    );
    const passed = await signalbox('checks', 'bypass', run, number, '--reason', 'the hotfix cannot wait');
    expect(passed.out).toMatch(/bypassed .*bypass by administrator: the hotfix cannot wait/);
    const again = await signalbox('checks', 'bypass', run, number);
    expect(again).toMatchObject({ err: expect.stringContaining('is bypassed') as string });
    expect(again.code).not.toBe(EXIT.ok);
    const next = await queueRun();
    const suites = JSON.parse((await signalbox('checks', 'of', next, '--output', 'json')).out) as {
      readonly check: WireCheckSuite['checkRuns'][number];
    }[];
    expect((await signalbox('checks', 'bypass', next, suites[0]?.check.id ?? '')).code).toBe(EXIT.ok);
    expect((await signalbox('checks', 'rerun', next, number)).err).toContain('there is no rerun');
    expect((await signalbox('checks', 'bypass', next, '7')).code).toBe(EXIT.notFound);
    expect((await signalbox('checks', 'bypass', '999', '7')).code).toBe(EXIT.notFound);
    expect((await signalbox('checks', 'defer', next, number)).code).toBe(EXIT.usage);
  });
});
