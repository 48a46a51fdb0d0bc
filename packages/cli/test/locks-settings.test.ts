import { DEFAULT_LOCK_POLICY, type LockPolicy } from '@signalbox/model';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { EXIT } from '../src/exit-codes.ts';
import { createProgram, runProgram } from '../src/program.ts';
import { ALL_SETTINGS, anyPolicy } from './any-policy.ts';
import { recordingTerminal } from './support.ts';
import { startTestServer, type TestServer } from './test-server.ts';

/** The arguments that say a policy, every setting of it. */
function argumentsFor(policy: LockPolicy): readonly string[] {
  return Object.entries(policy).flatMap(([setting, value]: readonly [string, unknown]) => {
    if (setting === 'lanes') return laneArguments(policy.lanes);
    return [optionOf(setting), setting === 'span' ? spanText(policy.span) : String(value)];
  });
}

function optionOf(setting: string): string {
  if (setting === 'lanes') return '--lane';
  return `--${setting.replace(/Minutes$/, '').replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`;
}

function laneArguments(lanes: LockPolicy['lanes']): readonly string[] {
  if (lanes.length === 0) return ['--lane', 'none'];
  return lanes.flatMap((lane) => [
    '--lane',
    `${lane.name}=${lane.branches.join(',')}:${lane.headStartMinutes}`,
  ]);
}

function spanText(span: LockPolicy['span']): string {
  if (typeof span === 'string') return span;
  const pairs = Object.entries(span.through).map(([pipeline, stage]) => `${pipeline}=${stage}`);
  return `through:${pairs.join(',')}`;
}

describe('the settings of signalbox locks', () => {
  let box: TestServer;

  beforeAll(async () => {
    box = await startTestServer();
    await box.client.createProject({ name: 'Shop' });
  });

  afterAll(() => box.stop());

  async function locks(...args: readonly string[]): Promise<{ code: number; said: string; out: string }> {
    const terminal = recordingTerminal();
    const code = await runProgram(['locks', ...args, ...box.access], terminal);
    return { code, said: terminal.said(), out: terminal.printed() };
  }

  async function policyOf(name: string): Promise<LockPolicy | undefined> {
    const { items } = await box.client.listLocks('Shop');
    return items.find((lock) => lock.name === name)?.policy;
  }

  it.each(['create', 'set', 'what-if'])('are each an option of %s', (command) => {
    const { commands } = createProgram(recordingTerminal()).commands.find((one) => one.name() === 'locks')!;
    const options = commands.find((one) => one.name() === command)!.options.map(({ long }) => long);
    expect(options).toEqual(expect.arrayContaining(ALL_SETTINGS.map(optionOf)));
  });

  it(
    'reach the server, every one with every value, with create and with set',
    { timeout: 120_000 },
    async () => {
      let made = 0;
      await fc.assert(
        fc.asyncProperty(anyPolicy, anyPolicy, async (first, second) => {
          made += 1;
          const name = `lock ${made}`;
          expect(await locks('create', '--named', name, ...argumentsFor(first))).toMatchObject({
            code: EXIT.ok,
          });
          expect(await policyOf(name)).toEqual(first);
          expect(await locks('set', name, ...argumentsFor(second))).toMatchObject({ code: EXIT.ok });
          expect(await policyOf(name)).toEqual(second);
        }),
        { numRuns: 20 },
      );
    },
  );

  it('keep their values where nothing is said of them', async () => {
    await locks('create', '--environment', 'production', '--stale-guard', 'reject', '--hold-limit', '90');
    await locks('set', 'production', '--lane', 'hotfix=refs/heads/hotfix/*:60');
    expect(await policyOf('production')).toEqual({
      ...DEFAULT_LOCK_POLICY,
      staleGuard: 'reject',
      holdLimitMinutes: 90,
      lanes: [{ name: 'hotfix', branches: ['refs/heads/hotfix/*'], headStartMinutes: 60 }],
    });
  });

  it.each([
    [['--lane', 'hotfix'], /It looks like hotfix=refs\/heads\/hotfix\/\*:60/],
    [['--lane', 'hotfix=a*b:60'], /1 to 32 branches/],
    [['--lane', 'a=x:1', '--lane', 'a=y:1'], /a name of its own/],
    [['--span', 'through:shop'], /Write stage, run, or through/],
    [['--hold-limit', '-1'], /whole number from 0 to 5256000/],
    [['--stale-guard', 'maybe'], /Allowed choices are allow, warn, reject/],
  ])('are refused before the server is asked: %j', async (args, words) => {
    const { code, said } = await locks('create', '--named', 'odd', ...args);
    expect([code, said]).toEqual([EXIT.usage, expect.stringMatching(words)]);
    expect(await policyOf('odd')).toBeUndefined();
  });

  it('are refused together by the server where they contradict each other, and no lock is left behind', async () => {
    const { code, said } = await locks(
      'create',
      '--named',
      'odd',
      '--cancel',
      'afterStage',
      '--on-hold-limit',
      'cancel',
    );
    expect([code, said]).toEqual([EXIT.failed, expect.stringMatching(/cannot end a stage that/)]);
    expect(await policyOf('odd')).toBeUndefined();
  });

  it('come from a preset of classic releases; what is given beside it wins, the others stay', async () => {
    await locks('create', '--named', 'classic', '--preset', 'unlimited', '--on-failure', 'hold');
    const classic = {
      ...DEFAULT_LOCK_POLICY,
      slot: 'beforeApproval',
      behavior: 'sequential',
      onFailure: 'hold',
    };
    expect(await policyOf('classic')).toEqual({ ...classic, capacity: 10_000 });
    await locks('set', 'classic', '--preset', 'specificNumber', '--capacity', '3');
    expect(await policyOf('classic')).toEqual({ ...classic, capacity: 3 });
    await locks('set', 'classic', '--preset', 'deployLatestAndCancelTheOthers');
    expect(await policyOf('classic')).toEqual({ ...classic, capacity: 1, behavior: 'runLatest' });
    await locks('set', 'classic', '--preset', 'deployAllInSequence', '--slot', 'afterApproval');
    expect(await policyOf('classic')).toEqual({ ...classic, capacity: 1, slot: 'afterApproval' });
  });

  it.each([
    [['--preset', 'specificNumber'], EXIT.failed, /needs the number: write 'capacity' beside it/],
    [
      ['--preset', 'unlimited', '--capacity', '2'],
      EXIT.failed,
      /has no number; use 'preset: specificNumber'/,
    ],
    [['--preset', 'deployAllInSequence', '--supersede', 'onApproval'], EXIT.failed, /asked only in the slot/],
    [['--preset', 'deployAll'], EXIT.usage, /unlimited, specificNumber, deployAllInSequence, deployLatest/],
  ])('are not what a preset cannot be: %j', async (args, exit, words) => {
    const { code, said } = await locks('create', '--named', 'odd', ...args);
    expect([code, said]).toEqual([exit, expect.stringMatching(words)]);
    expect(await policyOf('odd')).toBeUndefined();
  });

  it('have one name with a question of what-if: a word is the setting, a number the run', async () => {
    await locks('create', '--named', 'asked');
    expect((await locks('what-if', 'asked', '--cancel', 'afterStage')).out).toMatch(/Nothing would change/);
    expect((await locks('what-if', 'asked', '--cancel', '4711')).said).toMatch(/run 4711/i);
    const odd = await locks('what-if', 'asked', '--cancel', 'later');
    expect([odd.code, odd.said]).toEqual([EXIT.usage, expect.stringMatching(/asAzure, afterStage/)]);
  });
});
