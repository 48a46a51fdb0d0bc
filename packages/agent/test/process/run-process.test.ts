import { spawn } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { systemClock } from '../../src/clock.ts';
import { startReaper } from '../../src/process/reaper.ts';
import { runProcess, type LineSink, type ProcessEnd } from '../../src/process/run-process.ts';
import { bashStep } from '../support/fake-server.ts';
import { eventually, scene, temporaryFolder } from '../support/scene.ts';

/** True while it runs; one that has ended but that nobody has asked for its end does not. */
function alive(pid: number): boolean {
  try {
    return !/\) [ZX] /.test(readFileSync(`/proc/${pid}/stat`, 'utf8'));
  } catch {
    return false;
  }
}

interface Ran {
  readonly end: ProcessEnd;
  readonly lines: readonly string[];
}

async function run(file: string, args: readonly string[], stop = new AbortController().signal): Promise<Ran> {
  const lines: string[] = [];
  const sink: LineSink = {
    line: ({ text }, pipe) => void lines.push(`${pipe}: ${text}`),
    congested: false,
    drained: () => Promise.resolve(),
    lineLimit: () => 1_000,
  };
  const reaper = startReaper();
  const env = { PATH: process.env['PATH'] ?? '' };
  const kill = new AbortController().signal;
  const end = await runProcess(
    { file, args, cwd: '/', env, sink, stop, kill },
    { clock: systemClock, reaper, timings: { interruptMs: 200, terminateMs: 200 } },
  );
  reaper.close();
  return { end, lines };
}

describe('runProcess', () => {
  it('tells how it ended and which pipe said what', async () => {
    expect(await run('sh', ['-c', 'echo out; echo err >&2; exit 7'])).toEqual({
      end: { kind: 'exited', code: 7 },
      lines: expect.arrayContaining(['stdout: out', 'stderr: err']) as string[],
    });
    expect((await run('sh', ['-c', 'kill -TERM $$'])).end).toEqual({ kind: 'signalled', signal: 'SIGTERM' });
    expect((await run('/no/such/program', [])).end).toMatchObject({ kind: 'notStarted' });
  });

  it('does not start what is stopped already', async () => {
    const { end } = await run('sleep', ['60'], AbortSignal.abort());
    expect(end).toEqual({ kind: 'signalled', signal: 'SIGINT' });
  });

  it('leaves what runs in the background to later steps', async () => {
    const { lines } = await run('sh', ['-c', 'sleep 60 > /dev/null 2>&1 & echo "pid $!"']);
    const pid = Number(/pid (\d+)/.exec(lines.join())?.[1]);
    expect(alive(pid)).toBe(true);
    process.kill(pid, 'SIGKILL');
  });
});

describe('a job', () => {
  it('keeps a service that one step started for the next one, and ends it with the job', async () => {
    const { server } = await scene();
    const job = server.enqueue([
      bashStep('a', 'sleep 300 > /dev/null 2>&1 & echo "pid $!" | tee "$AGENT_TEMPDIRECTORY/pid"'),
      bashStep('b', 'read -r _ pid < "$AGENT_TEMPDIRECTORY/pid"; kill -0 "$pid" && echo "it lives"'),
    ]);
    await job.finished;
    expect(job.text('b')).toContain('it lives');
    const pid = Number(/pid (\d+)/.exec(job.text('a'))?.[1]);
    await eventually('the service is gone', () => !alive(pid));
  });

  it('never ends processes of another server, whose agent and job have the same numbers', async () => {
    const marks = await Promise.all(
      [await scene(), await scene()].map(async ({ server }) => {
        const job = server.enqueue([bashStep('a', 'echo "mark $VSTS_PROCESS_LOOKUP_ID"')]);
        await job.finished;
        return /mark (\S+)/.exec(job.text('a'))?.[1];
      }),
    );
    expect(marks[0]).toMatch(/^signalbox_/);
    expect(marks[0]).not.toBe(marks[1]);
  });

  it('leaves no daemon behind, even one that left its group (TH20)', async () => {
    const { server } = await scene();
    const job = server.enqueue([
      bashStep(
        'a',
        // It tells its own number: there may be other daemons on the machine.
        "setsid bash -c 'echo $$ > daemon; exec sleep 300' > /dev/null 2>&1 < /dev/null &\n" +
          'until [ -s daemon ]; do sleep 0.05; done; echo "pid $(cat daemon)"',
      ),
    ]);
    await job.finished;
    const pid = Number(/pid (\d+)/.exec(job.text('a'))?.[1]);
    expect(pid).toBeGreaterThan(0);
    expect(job.text('finalize')).toContain(String(pid));
    await eventually('the daemon is gone', () => !alive(pid));
  });
});

describe('the reaper', () => {
  it('does what is left to do when the agent is gone, the last thing said alone', async () => {
    const folder = await temporaryFolder();
    const reaper = startReaper();
    const done = (name: string): string => join(folder, `it's ${name}`);
    reaper.afterDeath(['/usr/bin/env', 'touch', done('first')]);
    reaper.afterDeath(['/usr/bin/env', 'touch', done('second')]);
    // The end of its pipe is all that it hears of a death.
    reaper.close();
    await eventually('it is done', () => existsSync(done('second')));
    expect(existsSync(done('first'))).toBe(false);
  });

  it('ends the groups of an agent that was killed with -9', async () => {
    const folder = await temporaryFolder();
    const pidFile = join(folder, 'pid');
    const reaper = new URL('../../src/process/reaper.ts', import.meta.url).href;
    const program = `
      import { spawn } from 'node:child_process';
      import { writeFileSync } from 'node:fs';
      import { startReaper } from ${JSON.stringify(reaper)};
      const reaper = startReaper();
      const child = spawn('sleep', ['300'], { detached: true, stdio: 'ignore' });
      reaper.watch(child.pid);
      setTimeout(() => writeFileSync(${JSON.stringify(pidFile)}, String(child.pid)), 100);
      setInterval(() => {}, 1000);`;
    const tsx = new URL('../../../../node_modules/tsx/dist/loader.mjs', import.meta.url).href;
    const agent = spawn(process.execPath, ['--import', tsx, '--input-type=module', '-e', program], {
      stdio: 'ignore',
    });
    let pid = 0;
    await eventually('the child runs', () => {
      void readFile(pidFile, 'utf8').then(
        (text) => (pid = Number(text)),
        () => {},
      );
      return pid > 0 && alive(pid);
    });
    agent.kill('SIGKILL');
    await eventually('the child is gone', () => !alive(pid));
  });
});
