import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startText } from '../src/commands/locks/fate-text.ts';
import { EXIT } from '../src/exit-codes.ts';
import { runProgram } from '../src/program.ts';
import { recordingTerminal } from './support.ts';
import { commitPipeline, startTestServer, type TestServer } from './test-server.ts';

const PIPELINE = `
trigger: none
lockBehavior: sequential
jobs:
- deployment: go
  environment: production
  strategy: { runOnce: { deploy: { steps: [{ script: echo }] } } }
`;

describe('signalbox locks explain|forecast|what-if', () => {
  let box: TestServer;

  // Run 1 holds the lock and waits for an agent that never comes; runs 2 and 3 wait for the lock.
  beforeAll(async () => {
    box = await startTestServer();
    commitPipeline(box.folder, PIPELINE);
    await box.client.createProject({ name: 'Shop' });
    await locks(['create', '--environment', 'production']);
    const repository = { url: box.folder, name: 'web', defaultBranch: 'refs/heads/main' };
    const { id } = await box.client.createDefinition('Shop', {
      name: 'web',
      yamlFilename: 'azure-pipelines.yml',
      repository,
    });
    for (let run = 0; run < 3; run += 1) await box.client.queueBuild('Shop', id, {});
    await box.server.settle();
  });

  afterAll(() => box.stop());

  async function locks(args: readonly string[]): Promise<{ code: number; out: string; err: string }> {
    const terminal = recordingTerminal();
    const code = await runProgram(['locks', ...args, ...box.access], terminal);
    return { code, out: terminal.printed(), err: terminal.said() };
  }

  it('say what a larger capacity and a cancel would do', async () => {
    const capacity = await locks(['what-if', 'PRODUCTION', '--capacity', '2']);
    expect(capacity.out).toBe(
      [
        'Run 2 of web (__default) would be granted.',
        'The queue of production: 2 web, 3 web',
        '  would be: 3 web',
        '',
      ].join('\n'),
    );
    const cancel = await locks(['what-if', 'production', '--cancel', '3', '--output', 'tsv']);
    expect(cancel.out).toBe('3\t__default\t1\tqueued\tcanceled\n');
    const moved = await locks(['what-if', 'production', '--freeze', '--exempt', 'refs/heads/hotfix/*']);
    expect(moved.out).toMatch(/^Nothing would change at once\.\nFrom then on only/);
  });

  it('ask for exactly one thing, and refuse what no server is asked about', async () => {
    expect(await locks(['what-if', 'production'])).toMatchObject({ code: EXIT.usage });
    expect(await locks(['what-if', 'production', '--cancel', '2', '--capacity', '2'])).toMatchObject({
      code: EXIT.usage,
    });
    expect(await locks(['what-if', 'production', '--hold', 'Deploy'])).toMatchObject({
      code: EXIT.usage,
      err: expect.stringContaining('It looks like 42/Deploy.') as string,
    });
    expect(await locks(['forecast', 'qa'])).toMatchObject({ code: EXIT.notFound });
    expect(await locks(['explain', '99'])).toMatchObject({ code: EXIT.notFound });
  });

  it('say that nobody knows when there is no past', async () => {
    const { out, err } = await locks(['forecast', 'production']);
    expect(out).toMatch(
      /^PLACE +RUN +PIPELINE +STAGE +FORECAST +BASIS\n1 +2 +web +__default +start unknown: /,
    );
    expect(err).toContain('No past hold says how long web/__default still takes');
  });

  it('follow a run to the end of its chain', async () => {
    const { out } = await locks(['explain', '3']);
    expect(out).toMatch(/^__default · number 2 at production · waits \d+s\n {2}start unknown: /);
    expect(out).toMatch(
      /→ Stage __default of run \S+ of web has to end\.\n {4}→ A job waits for a free agent/,
    );
    const tsv = await locks(['explain', '3', '--output', 'tsv']);
    expect(tsv.out.split('\n')[0]).toMatch(/^__default\t1\theldBy\tproduction is held by /);
  });

  it('name a cancel that waits for a protected stage, before and after it is asked for (Q6)', async () => {
    await box.client.createProject({ name: 'Vault' });
    const here = ['--project', 'Vault'];
    await locks(['create', '--environment', 'production', ...here]);
    const [lock] = (await box.client.listLocks('Vault')).items;
    await box.client.updateLock('Vault', lock?.id ?? 0, { cancel: 'afterStage' });
    const repository = { url: box.folder, name: 'web', defaultBranch: 'refs/heads/main' };
    const { id } = await box.client.createDefinition('Vault', {
      name: 'web',
      yamlFilename: 'azure-pipelines.yml',
      repository,
    });
    const run = (await box.client.queueBuild('Vault', id, {})).id;
    const next = (await box.client.queueBuild('Vault', id, {})).id;
    await box.server.settle();
    const whatIf = ['what-if', 'production', '--cancel', String(run), ...here];
    expect((await locks(whatIf)).out.split('\n')[0]).toBe(
      `Run ${run} of web (__default) keeps its locks until it is over; the cancel takes effect then, for the lock of production protects it.`,
    );
    await box.client.cancelBuild('Vault', run);
    await box.server.settle();
    const pending =
      /The run was cancelled by .+ at \S+Z; that takes effect when stage __default is over, for the lock of production protects it\./;
    expect((await locks(whatIf)).out).toMatch(pending);
    expect((await locks(['explain', String(run), ...here])).out).toMatch(pending);
    const told = (await locks(['explain', String(next), ...here])).out;
    expect(told.split('In the end:')[1]).toMatch(pending);
  });
});

describe('startText', () => {
  const at = (minute: number) => new Date(minute * 60_000).toISOString();

  it('says a range, whichever end is first, and both fates where they differ', () => {
    const starts = (minute: number) => ({ kind: 'starts', at: at(minute) }) as const;
    expect(startText({ p50: starts(3), p90: starts(9) }, 0)).toBe('starts in 3m 0s to 9m 0s');
    expect(startText({ p50: starts(9), p90: starts(3) }, 0)).toBe('starts in 3m 0s to 9m 0s');
    expect(startText({ p50: starts(3), p90: starts(3) }, 0)).toBe('starts in 3m 0s');
    expect(startText({ p50: starts(3), p90: { kind: 'timesOut', at: at(5) } }, 0)).toBe(
      'starts in 3m 0s; if holds are long: gives up in 5m 0s',
    );
    const superseded = { kind: 'superseded', at: at(2), byRunId: 4 } as const;
    expect(startText({ p50: superseded, p90: superseded }, 0)).toBe('is superseded by run 4 in 2m 0s');
  });
});
