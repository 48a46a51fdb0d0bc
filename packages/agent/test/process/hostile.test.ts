import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { tmpdir } from 'node:os';
import { bashStep, script } from '../support/fake-server.ts';
import { eventually, openScene } from '../support/scene.ts';

const folder = mkdtempSync(join(tmpdir(), 'signalbox-hostile-'));
let opened: Awaited<ReturnType<typeof openScene>>;

beforeAll(async () => {
  opened = await openScene(folder);
});

afterAll(async () => {
  await opened.close();
  rmSync(folder, { recursive: true, force: true });
});

describe('a step that is not nice', () => {
  it('prints NUL, half characters, progress bars and bytes that are not UTF-8; the lines arrive as text', async () => {
    const job = opened.server.enqueue([
      script(
        's',
        String.raw`printf 'a\0b\n10%%\r20%%\rdone\n\377\376 \360\237\n\303\244\n'; echo "##vso[task.setvariable variable=v]x$(printf 'y')"`,
      ),
      script('t', 'echo "[$(v)]"'),
    ]);
    expect((await job.finished).result).toBe('succeeded');
    const lines = job.logOf('s');
    expect(lines).toEqual(expect.arrayContaining(['a\uFFFDb', '10%', '20%', 'done', 'ä']));
    expect(job.everything()).not.toContain('\\u0000');
    expect(lines.some((line) => line.startsWith('\uFFFD\uFFFD '))).toBe(true);
    expect(job.text('t')).toContain('[xy]');
    expect(job.problems).toEqual([]);
  });

  it('finds its input closed and does not wait for anybody', async () => {
    const job = opened.server.enqueue([
      script('s', 'if read -r line; then echo "read $line"; else echo "no input"; fi'),
    ]);
    expect((await job.finished).result).toBe('succeeded');
    expect(job.text('s')).toContain('no input');
  });

  it('removes the folder that it stands in; later steps say so, and the next job has it again', async () => {
    const job = opened.server.enqueue([
      script('s', 'rm -rf "$PWD" "$AGENT_BUILDDIRECTORY"'),
      script('t', 'true'),
      script('u', 'true', { inputs: { workingDirectory: '$(Agent.TempDirectory)' }, condition: 'always()' }),
    ]);
    expect((await job.finished).result).toBe('failed');
    expect(job.results()).toMatchObject({
      s: 'succeeded',
      t: 'failed',
      u: 'succeeded',
      finalize: 'succeeded',
    });
    expect(job.step('t')?.issues[0]?.message).toContain('does not exist');
    const next = opened.server.enqueue([script('s', 'pwd')]);
    expect((await next.finished).result).toBe('succeeded');
  });

  it('removes the temporary folder; the next step fails, the job ends, the next job works', async () => {
    const job = opened.server.enqueue([script('s', 'rm -rf "$AGENT_TEMPDIRECTORY"'), script('t', 'true')]);
    expect((await job.finished).result).toBe('failed');
    expect(job.results()).toMatchObject({ s: 'succeeded', t: 'failed', finalize: 'succeeded' });
    const next = opened.server.enqueue([script('s', 'true')]);
    expect((await next.finished).result).toBe('succeeded');
  });

  it('finds the disk full: it fails with what the system says, and the job goes on (F14)', async () => {
    const job = opened.server.enqueue([
      bashStep('s', 'set -e\necho lost > /dev/full\necho never'),
      bashStep('t', 'ulimit -f 1; head -c 1000000 /dev/zero > "$BUILD_BINARIESDIRECTORY/big"', {
        condition: 'always()',
      }),
      bashStep('u', 'echo on', { condition: 'always()' }),
    ]);
    expect((await job.finished).result).toBe('failed');
    expect(job.results()).toMatchObject({ s: 'failed', t: 'failed', u: 'succeeded' });
    expect(job.text('s')).toContain('No space left on device');
  });

  it('makes the agent itself find no place for its script: the step says why (F14)', async () => {
    const job = opened.server.enqueue([
      bashStep('s', 'rm -rf "$AGENT_TEMPDIRECTORY"; ln -s /dev/full "$AGENT_TEMPDIRECTORY"'),
      bashStep('t', 'true', { condition: 'always()' }),
    ]);
    expect((await job.finished).result).toBe('failed');
    expect(job.step('t')?.issues[0]?.message).toMatch(/ENOTDIR|ENOSPC/);
    rmSync(join(folder, '_temp'), { force: true });
  });

  it('ignores SIGINT and SIGTERM and is killed, with all that it started', async () => {
    const job = opened.server.enqueue([
      bashStep(
        's',
        'trap "" INT TERM; (trap "" INT TERM; sleep 300) & echo "pid $!"; echo ready; wait; sleep 300',
        {
          timeoutInMinutes: 0,
        },
      ),
    ]);
    await eventually('it runs', () => job.logOf('s').includes('ready'));
    opened.server.cancel(job);
    expect((await job.finished).result).toBe('canceled');
    const pid = /pid (\d+)/.exec(job.text('s'))?.[1] ?? '';
    await eventually('its child is gone', () => !existsSync(`/proc/${pid}`));
  });
});
