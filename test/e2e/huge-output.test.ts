import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { script, type FakeJob } from '../../packages/agent/test/support/fake-server.ts';
import { openScene } from '../../packages/agent/test/support/scene.ts';

const MEGABYTE = 1_048_576;
const folder = mkdtempSync(join(tmpdir(), 'signalbox-huge-'));
let opened: Awaited<ReturnType<typeof openScene>>;

beforeAll(async () => {
  opened = await openScene(folder, { numbers: { leaseMs: 60_000 } });
});

afterAll(async () => {
  await opened.close();
  rmSync(folder, { recursive: true, force: true });
});

/** What is left of a log when nobody keeps it. */
interface Heard {
  chars: number;
  lines: number;
  marks: string[];
}

function listening(job: FakeJob): Heard {
  const heard: Heard = { chars: 0, lines: 0, marks: [] };
  job.log = ({ lines }) => {
    heard.lines += lines.length;
    for (const line of lines) {
      heard.chars += line.length;
      if (/cut/.test(line)) heard.marks.push(line.slice(-80));
    }
  };
  return heard;
}

/** The most memory that the process had while something went on, beyond what it had before. */
async function growthDuring(action: Promise<unknown>): Promise<number> {
  const before = process.memoryUsage.rss();
  let most = before;
  const timer = setInterval(() => (most = Math.max(most, process.memoryUsage.rss())), 200);
  await action;
  clearInterval(timer);
  return (most - before) / MEGABYTE;
}

describe('a step that prints more than anybody reads (INV-62)', () => {
  it('3 GB: the log is cut with a mark, the step is unharmed, memory stays', async () => {
    const text = 'x'.repeat(1_000);
    const job = opened.server.enqueue([
      script('s', `yes ${text} | head -c 3221225472; echo "##vso[task.setvariable variable=v]at the end"`),
      script('t', 'echo "[$(v)]"'),
    ]);
    const heard = listening(job);
    const growth = await growthDuring(job.finished);
    console.log(`3 GB: memory grew by ${growth.toFixed(0)} MB, ${heard.lines} lines were sent`);
    expect((await job.finished).result).toBe('succeeded');
    expect(heard.marks).toEqual(['##[warning]The log is cut here: more than 268435456 characters.']);
    expect(heard.chars).toBeLessThan(280 * MEGABYTE);
    expect(growth).toBeLessThan(300);
  }, 900_000);

  it('one line of 100 MB: it is cut with a mark, memory stays', async () => {
    const job = opened.server.enqueue([
      script('s', 'head -c 104857600 /dev/zero | tr "\\0" y; echo; echo after'),
    ]);
    const heard = listening(job);
    const growth = await growthDuring(job.finished);
    console.log(`100 MB: memory grew by ${growth.toFixed(0)} MB`);
    expect((await job.finished).result).toBe('succeeded');
    expect(heard.marks).toEqual([expect.stringContaining('[line cut: more than 32768 characters]')]);
    expect(growth).toBeLessThan(150);
  }, 300_000);
});
