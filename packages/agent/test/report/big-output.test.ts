import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { LOG_LINE_CHARS } from '../../src/limits.ts';
import { bashStep, script } from '../support/fake-server.ts';
import { eventually, scene } from '../support/scene.ts';

describe('the log of a step', () => {
  it('takes 100,000 lines, in batches, in order', async () => {
    const { server } = await scene();
    const job = server.enqueue([script('s', 'seq -f "this is line number %.0f of the log" 1 100000')]);
    expect((await job.finished).result).toBe('succeeded');
    const lines = job.logOf('s').filter((line) => line.startsWith('this is'));
    expect(lines).toHaveLength(100_000);
    expect(lines[99_999]).toBe('this is line number 100000 of the log');
    expect(job.problems).toEqual([]);
    // 256 KiB of text; JSON adds quotes, commas and the frame.
    expect(server.maxLogBody).toBeLessThan(320_000);
    expect(job.requests).toBeLessThan(100);
  });

  it('holds the step back while the server is away, instead of growing (INV-62)', async () => {
    const { server, events, workFolder } = await scene({ numbers: { leaseMs: 60_000 } });
    const job = server.enqueue([
      // 40 MB: far more than the agent keeps; the file shows how far the step got.
      bashStep(
        's',
        'echo ready; for i in $(seq 1 400); do head -c 99999 /dev/zero | tr "\\0" x; echo; echo $i > progress; done',
      ),
      bashStep('t', 'cat progress'),
    ]);
    await eventually('the step runs', () => job.logOf('s').length > 1);
    await server.kill();
    await eventually('the log stops', () => events.includes('log-failed'));
    const progress = (): string => readFileSync(join(workFolder, '1', 's', 'progress'), 'utf8').trim();
    for (let last = ''; last !== progress();) {
      last = progress();
      await new Promise((resolve) => setTimeout(resolve, 300));
    }
    expect(Number(progress())).toBeLessThan(200);
    await server.restart();
    expect((await job.finished).result).toBe('succeeded');
    expect(job.text('t')).toContain('400');
    expect(job.problems).toEqual([]);
  });

  it('cuts a line of 20 MB with a mark, and the step is unharmed (INV-62)', async () => {
    const { server } = await scene();
    const job = server.enqueue([
      script(
        's',
        'head -c 20000000 /dev/zero | tr "\\0" x; echo; echo "after"; printf "\\377\\376 not utf-8\\n"',
      ),
    ]);
    expect((await job.finished).result).toBe('succeeded');
    const [long] = job.logOf('s').filter((line) => line.startsWith('xxx'));
    expect(long).toBe(`${'x'.repeat(LOG_LINE_CHARS)} [line cut: more than ${LOG_LINE_CHARS} characters]`);
    expect(job.logOf('s')).toContain('after');
    expect(job.text('s')).toContain('\uFFFD\uFFFD not utf-8');
  });

  it('hides a secret that the cut would split', async () => {
    const { server } = await scene();
    const before = LOG_LINE_CHARS - 4;
    const job = server.enqueue(
      [script('s', `head -c ${before} /dev/zero | tr "\\0" x; echo "$PW tail"`, { env: { PW: '$(pw)' } })],
      { variables: [{ name: 'pw', value: 'swordfish', secret: true, readonly: false }] },
    );
    await job.finished;
    expect(job.everything()).not.toContain('swor');
  });

  it('reads a long logging command that no log line would show', async () => {
    const { server } = await scene();
    const job = server.enqueue([
      script(
        'set',
        'v=$(head -c 100000 /dev/zero | tr "\\0" y); echo "##vso[task.setvariable variable=v]$v"',
      ),
      script('get', 'f=$(mktemp); cat > $f <<< "$(v)"; wc -c < $f'),
    ]);
    await job.finished;
    expect(job.logOf('get')).toContain('100001');
  });
});
