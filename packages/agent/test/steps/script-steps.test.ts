import type { JobStep } from '@signalbox/api';
import { chmod, mkdir, realpath, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { bashStep, script, type FakeJob } from '../support/fake-server.ts';
import { scene, temporaryFolder } from '../support/scene.ts';

type Step = Partial<JobStep>;

/** step → result and the error it shows. */
const ENDS: readonly [string, Step, string, string?][] = [
  ['exit 0', script('s', 'exit 0'), 'succeeded'],
  ['an empty script', script('s', ''), 'succeeded'],
  ['exit 3', script('s', 'exit 3'), 'failed', "Bash exited with code '3'."],
  ['a failing line in the middle (no -e)', bashStep('s', 'false\necho on'), 'succeeded'],
  ['set -e', bashStep('s', 'set -e\nfalse\necho on'), 'failed', "Bash exited with code '1'."],
  ['killed by a signal', bashStep('s', 'kill -9 $$'), 'failed', 'Bash was ended by SIGKILL.'],
  ['stderr without failOnStderr', script('s', 'echo oops >&2'), 'succeeded'],
  [
    'stderr with failOnStderr',
    script('s', 'echo oops >&2', { inputs: { failOnStderr: 'true' } }),
    'failed',
    'Bash wrote one or more lines to the standard error stream.',
  ],
  ['failOnStderr without stderr', script('s', 'echo ok', { inputs: { failOnStderr: 'true' } }), 'succeeded'],
  [
    'a missing working directory',
    script('s', 'true', { inputs: { workingDirectory: 'nowhere' } }),
    'failed',
    'does not exist.',
  ],
  [
    'a file that is not named',
    { name: 's', task: { name: 'Bash', version: '3' }, inputs: {} },
    'failed',
    '"filePath" is missing',
  ],
  [
    'an unknown task',
    { name: 's', task: { name: 'NoSuch', version: '1' } },
    'failed',
    'There is no task NoSuch@1',
  ],
  [
    'another major version',
    script('s', 'true', { task: { name: 'CmdLine', version: '1' } }),
    'failed',
    'There is no task',
  ],
  ['task.complete Failed and exit 0', script('s', 'echo "##vso[task.complete result=Failed]"'), 'failed'],
  [
    'task.complete SucceededWithIssues',
    script('s', 'echo "##vso[task.complete result=SucceededWithIssues]"'),
    'succeededWithIssues',
  ],
  [
    'task.complete Succeeded and exit 1',
    script('s', 'echo "##vso[task.complete result=Succeeded]"; exit 1'),
    'failed',
  ],
  [
    'task.complete done',
    script('s', 'echo "##vso[task.complete result=Succeeded;done=true]"; sleep 30'),
    'succeeded',
  ],
  ['task.logissue error', script('s', 'echo "##vso[task.logissue type=error]x"'), 'succeeded'],
  ['continueOnError', script('s', 'exit 1', { continueOnError: true }), 'succeededWithIssues'],
  ['a condition that is false', script('s', 'true', { condition: 'eq(1, 2)' }), 'skipped'],
  [
    'a condition that cannot be read',
    script('s', 'true', { condition: 'eq(1' }),
    'failed',
    'cannot be evaluated',
  ],
  [
    'a condition on another context',
    script('s', 'true', { condition: 'eq(dependencies.a, 1)' }),
    'failed',
    'cannot be evaluated',
  ],
];

describe('a step ends', () => {
  it('as the table says (STEPY-5, REC-182, EXPR-26, EXPR-61, REC-141)', async () => {
    const { server } = await scene();
    const jobs = ENDS.map(([, step]) => server.enqueue([step]));
    for (const [index, [story, , result, message]] of ENDS.entries()) {
      const job = jobs[index] as FakeJob;
      await job.finished;
      expect.soft(job.results()['s'], story).toBe(result);
      const errors =
        job
          .step('s')
          ?.issues.map((issue) => issue.message)
          .join() ?? '';
      if (message !== undefined) expect.soft(errors, story).toContain(message);
    }
  });
});

describe('a script step', () => {
  it('starts in the sources folder, or in its own seen from there (WS-6)', async () => {
    const { server, workFolder } = await scene();
    const job = server.enqueue([
      script('make', 'mkdir -p sub'),
      script('here', 'pwd'),
      script('there', 'pwd', { inputs: { workingDirectory: 'sub' } }),
    ]);
    await job.finished;
    const sources = join(await realpath(workFolder), '1', 's');
    expect(job.logOf('here')).toContain(sources);
    expect(job.logOf('there')).toContain(join(sources, 'sub'));
  });

  it('gets macros, variables, env and the marks of the agent (VAR-8, VAR-12, REC-179)', async () => {
    const { server } = await scene();
    const job = server.enqueue(
      [
        script('s', 'echo "$(greeting) $GREETING $MAPPED $(none) [$PW] $TF_BUILD $AGENT_JOBSTATUS"', {
          env: { MAPPED: '$(pw)-$(greeting)', greeting: 'env' },
        }),
      ],
      {
        variables: [
          { name: 'greeting', value: 'hello', secret: false, readonly: false },
          { name: 'pw', value: 'swordfish', secret: true, readonly: false },
        ],
      },
    );
    await job.finished;
    // Bash takes the unknown macro for a command substitution, as on the service.
    expect(job.text('s')).toContain('hello hello ***-hello  [] True Succeeded');
    expect(job.everything()).not.toContain('swordfish');
  });

  it('shows what a later step gets of an earlier one, not the same step (VAR-11, CTX-2, REC-176)', async () => {
    const { server } = await scene();
    const job = server.enqueue([
      bashStep(
        'set',
        'echo "##vso[task.setvariable variable=v]new"; echo "##vso[task.setvariable variable=o;isOutput=true]out"; echo "now [$V]"',
      ),
      bashStep('get', 'echo "then [$V] [$(v)] [$(set.o)] [$SET_O]"', { displayName: 'Get $(v)' }),
    ]);
    await job.finished;
    expect(job.text('set')).toContain('now []');
    expect(job.text('get')).toContain('then [new] [new] [out] [out]');
    expect(job.step('get')?.displayName).toBe('Get new');
    expect(job.facts).toContainEqual({ kind: 'output', name: 'set.o', value: 'out', secret: false });
    expect(job.text('set')).not.toContain('##vso');
  });

  it('of bash reads a file before its script, from a file as well as inline (STEPY-4)', async () => {
    const { server, workFolder } = await scene();
    await mkdir(join(workFolder, 'files'));
    await writeFile(join(workFolder, 'files', 'start.sh'), 'greeting=hello\n');
    await writeFile(join(workFolder, 'files', 'run.sh'), 'echo "$greeting $1, from ${0##*/}"\n');
    const bashEnvValue = join(workFolder, 'files', 'start.sh');
    const file = {
      targetType: 'filePath',
      filePath: join(workFolder, 'files', 'run.sh'),
      arguments: '"you two"',
    };
    const job = server.enqueue([
      bashStep('inline', 'echo "$greeting"', { inputs: { bashEnvValue } }),
      { name: 'file', task: { name: 'Bash', version: '3' }, inputs: { ...file, bashEnvValue } },
      bashStep('without', 'echo "[$greeting]"'),
    ]);
    expect((await job.finished).result).toBe('succeeded');
    expect(job.logOf('inline')).toContain('hello');
    expect(job.text('file')).toContain('hello you two, from');
    expect(job.logOf('without')).toContain('[]');
  });

  it('finds programs in folders of prependpath', async () => {
    const { server } = await scene();
    const folder = await temporaryFolder();
    await writeFile(join(folder, 'my-tool'), '#!/bin/sh\necho "my tool runs"\n');
    await chmod(join(folder, 'my-tool'), 0o755);
    const job = server.enqueue(
      [
        script('before', 'echo "##vso[task.prependpath]$(folder)"; ! command -v my-tool'),
        script('after', 'my-tool'),
      ],
      { variables: [{ name: 'folder', value: folder, secret: false, readonly: false }] },
    );
    await job.finished;
    expect(job.text('after')).toContain('my tool runs');
    expect(job.results()).toMatchObject({ before: 'succeeded', after: 'succeeded' });
  });

  it('runs a file with arguments', async () => {
    const { server } = await scene();
    const job = server.enqueue([
      script('make', `echo 'echo "file got $1 and $2"' > "it's.sh"`),
      {
        name: 'run',
        task: { name: 'Bash', version: '3' },
        inputs: { targetType: 'filePath', filePath: "it's.sh", arguments: 'one "two three"' },
      },
    ]);
    await job.finished;
    expect(job.text('run')).toContain('file got one and two three');
  });
});

describe('a PowerShell step', () => {
  const pwsh = (more: Record<string, string> = {}): Step => ({
    name: 's',
    task: { name: 'PowerShell', version: '2' },
    inputs: { targetType: 'inline', script: 'Write-Host hi', pwsh: 'true', ...more },
  });

  it('fails clearly where there is no pwsh', async () => {
    const folder = await temporaryFolder();
    const { server } = await scene({ agent: { environment: { PATH: folder } } });
    const job = server.enqueue([pwsh()]);
    await job.finished;
    expect(job.step('s')?.issues[0]?.message).toBe('This agent has no "pwsh" on its PATH.');
  });

  it('hands the script to pwsh with its preferences and the last exit code (STEPY-4)', async () => {
    const folder = await temporaryFolder();
    const stub =
      '#!/bin/sh\nfor a in "$@"; do echo "arg $a"; last=$a; done\nfile=$(echo "$last" | cut -d"\'" -f2)\ncat "$file"\nexit 4\n';
    await mkdir(join(folder, 'bin'));
    await writeFile(join(folder, 'bin/pwsh'), stub);
    await chmod(join(folder, 'bin/pwsh'), 0o755);
    const { server } = await scene({
      agent: { environment: { PATH: `${join(folder, 'bin')}:${process.env['PATH'] ?? ''}` } },
    });
    const job = server.enqueue([pwsh({ errorActionPreference: 'continue' })]);
    const other = server.enqueue([pwsh({ errorActionPreference: 'explode' })]);
    await job.finished;
    const log = job.text('s');
    expect(log).toContain('arg -NoProfile\narg -NonInteractive');
    expect(log).toContain("$ErrorActionPreference = 'continue'\nWrite-Host hi");
    expect(log).toContain('exit $LASTEXITCODE');
    expect(job.step('s')?.issues[0]?.message).toBe("PowerShell exited with code '4'.");
    await other.finished;
    expect(other.step('s')?.issues[0]?.message).toContain('"errorActionPreference" must be one of');
  });
});
