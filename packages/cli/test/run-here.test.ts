import type { RunView } from '@signalbox/api';
import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { EXIT } from '../src/exit-codes.ts';
import { runProgram } from '../src/program.ts';
import { recordingTerminal } from './support.ts';

/** Writes the pipeline to a folder of its own and runs it as a user would. */
async function run(
  yaml: string,
  ...args: readonly string[]
): Promise<{ code: number; out: string; err: string; folder: string }> {
  const folder = mkdtempSync(join(tmpdir(), 'signalbox-run-test-'));
  writeFileSync(join(folder, 'azure-pipelines.yml'), yaml);
  const terminal = recordingTerminal();
  const code = await runProgram(['run', join(folder, 'azure-pipelines.yml'), ...args], terminal);
  return { code, out: terminal.printed(), err: terminal.said(), folder };
}

// The short end-to-end path: file → plan → run → lock → agent → steps → result, all real, in one process.
describe('signalbox run', () => {
  it('deploys through a locked stage: variables, outputs, a token, the files of the folder', async () => {
    const result = await run(
      `
stages:
  - stage: Build
    jobs:
      - job: Make
        steps:
          - bash: |
              test -f azure-pipelines.yml
              echo "##vso[task.setvariable variable=word;isOutput=true]hello"
            name: make
  - stage: Deploy
    lockBehavior: sequential
    variables:
      word: $[ stageDependencies.Build.Make.outputs['make.word'] ]
    jobs:
      - deployment: Ship
        environment: production
        strategy:
          runOnce:
            deploy:
              steps:
                - bash: echo "$(word) $(target) $SIGNALBOX_LOCK_TOKEN" > "$(place)"
`,
      '--variable',
      'target=blue',
      '--variable',
      `place=${join(tmpdir(), 'signalbox-run-test.txt')}`,
    );
    expect(result).toMatchObject({ code: EXIT.ok });
    expect(result.out).toContain('Deploy · succeeded');
    expect(readFileSync(join(tmpdir(), 'signalbox-run-test.txt'), 'utf8')).toBe('hello blue 1\n');
  }, 120_000);

  it('fails with the output of the failed step; clean-up steps run', async () => {
    const result = await run(`
steps:
  - checkout: none
  - script: echo it broke && exit 4
  - script: echo tidy
    displayName: Tidy
    condition: always()
`);
    expect(result.code).toBe(EXIT.failed);
    expect(result.out).toMatch(/✔ Tidy/);
    expect(result.err).toContain('it broke');
    expect(result.err).toMatch(/Run 1 \(.*\) failed\./);
  }, 120_000);

  it('ends with the tests, and what is attached', async () => {
    const result = await run(`
steps:
  - checkout: none
  - bash: |
      printf '<testsuite name="unit"><testcase name="adds"/><testcase name="divides"><failure message="by zero"/></testcase></testsuite>' > TEST-unit.xml
      echo '# Done' > "$(Agent.TempDirectory)/summary.md"
      echo "##vso[task.uploadsummary]$(Agent.TempDirectory)/summary.md"
  - task: PublishTestResults@2
    inputs: { testRunTitle: Units }
`);
    expect(result.code, result.err).toBe(EXIT.ok);
    const end = result.out.slice(result.out.indexOf('  tests '));
    expect(end.split('\n')).toEqual([
      '  tests     Units: 1 passed, 1 failed, 0 not executed',
      expect.stringMatching(/^ +failed: .*divides \(by zero\)$/),
      expect.stringMatching(/^ {2}attached {2}summary\.md \(summary, \d+ bytes\)$/),
      '',
    ]);
  }, 120_000);

  it('says which capability is missing before anything starts', async () => {
    const result = await run('pool:\n  name: Default\n  demands: flux-capacitor\nsteps:\n  - script: echo\n');
    expect(result.code).toBe(EXIT.failed);
    expect(result.out).toMatch(/flux-capacitor/);
  }, 120_000);

  it('stands in for service connections, and refuses variable groups, which only a server has', async () => {
    const step = `steps:\n  - checkout: none\n  - task: CmdLine@2\n    inputs: { script: echo hi, serviceConnection: Gate }\n`;
    expect((await run(step)).code).toBe(EXIT.ok);
    const result = await run(`variables:\n  - group: shared\n${step}`);
    expect([result.code, result.err]).toEqual([
      EXIT.failed,
      expect.stringContaining("'shared' does not exist"),
    ]);
  }, 120_000);
});

describe('signalbox run of a part', () => {
  const yaml = `
variables:
  - group: shared
stages:
  - stage: Build
    jobs: [{ job: Make, steps: [{ bash: exit 3 }] }]
  - stage: Deploy
    jobs:
      - { job: Break, steps: [{ bash: exit 4 }] }
      - { job: Ship, dependsOn: Break, steps: [{ bash: test "$(colour)" = "blue=green" }] }
`;
  const groupFile = (text: string): string => {
    const file = join(mkdtempSync(join(tmpdir(), 'signalbox-run-test-')), 'shared.env');
    writeFileSync(file, text);
    return `shared=${file}`;
  };

  it('runs the stages and jobs that are named, with groups from files, and prints the run as JSON', async () => {
    const group = groupFile('# colours\n\ncolour=blue=green\n');
    const result = await run(
      yaml,
      '--stage',
      'deploy',
      '--job',
      'ship',
      '--group',
      group,
      '--output',
      'json',
    );
    expect(result).toMatchObject({ code: EXIT.ok });
    const { result: ended, stages } = JSON.parse(result.out) as RunView;
    expect([ended, ...stages.map((stage) => stage.result)]).toEqual(['succeeded', 'skipped', 'succeeded']);
    expect(stages[1]?.jobs.map((job) => job.result)).toEqual(['skipped', 'succeeded']);
    expect(result.err).toContain('Build · skipped · deselected');
  });

  it.each([
    [['--stage', 'Ship', '--group', groupFile('')], 'There is no stage Ship. There are: Build, Deploy.'],
    [['--job', 'Make', '--stage', 'Deploy'], 'There is no job Make. There are: Deploy.Break, Deploy.Ship.'],
    [['--group', groupFile('colour\n')], 'shared.env:1: this is not NAME=VALUE.'],
    [['--group', 'shared=nowhere.env'], 'The file of --group cannot be read'],
  ])('refuses %j before anything starts', async (args, message) => {
    const result = await run(yaml, ...args);
    expect(result).toMatchObject({ code: EXIT.usage, out: '' });
    expect(result.err).toContain(message);
  });

  it('gives approvals that nobody else could with --skip-checks, and knows variables in the names of pools', async () => {
    const result = await run(
      `
variables: { size: large }
jobs:
  - job: Ask
    pool: server
    steps:
      - task: ManualValidation@0
        inputs: { notifyUsers: '', approvers: somebody, instructions: Look. }
  - job: Go
    dependsOn: Ask
    pool: $(size)-$(kind)
    steps: [{ bash: echo go }]
`,
      '--skip-checks',
      '--variable',
      'kind=machines',
      '--output',
      'json',
    );
    expect(result).toMatchObject({ code: EXIT.ok });
    expect(result.err).toContain('Waits for approval of ManualValidation by somebody');
  });
});
