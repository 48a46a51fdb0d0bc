import { openStore } from '@signalbox/store';
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { folders } from '../support/folders.ts';
import { settle } from '../support/harness.ts';
import { scriptedEngine } from '../support/scripted-engine.ts';

const tsconfig = fileURLToPath(new URL('../../../../tsconfig.floors.json', import.meta.url));
const folder = folders();

interface Child {
  readonly process: ChildProcess;
  /** Numbers that were acknowledged, as far as they were heard. */
  readonly said: readonly number[];
}

async function startChild(data: string): Promise<Child> {
  const child = spawn(
    process.execPath,
    ['--import', 'tsx', fileURLToPath(new URL('../support/child.ts', import.meta.url)), data],
    {
      stdio: ['ignore', 'pipe', 'inherit'],
      env: { ...process.env, TSX_TSCONFIG_PATH: tsconfig },
    },
  );
  const said: number[] = [];
  let rest = '';
  await new Promise<void>((resolve, reject) => {
    child.once('exit', () => reject(new Error('the child ended before it wrote')));
    child.stdout.on('data', (data: Buffer) => {
      const lines = (rest + data.toString()).split('\n');
      rest = lines.pop() ?? '';
      for (const line of lines) if (line !== 'open') said.push(Number(line));
      if (said.length > 0) resolve();
    });
  });
  return { process: child, said };
}

async function kill({ process: child }: Child): Promise<void> {
  const ended = once(child, 'exit');
  child.kill('SIGKILL');
  await ended;
}

describe('kill -9 of a process that writes', () => {
  it('loses nothing acknowledged, leaves nothing half written, and frees the folder at once', async () => {
    const data = folder();
    for (const wait of [1, 20, 70]) {
      const child = await startChild(data);
      await new Promise((resolve) => setTimeout(resolve, wait));
      const refused = openStore({ kind: 'sqlite', folder: data, engine: scriptedEngine() });
      await expect(refused).rejects.toMatchObject({ code: 'in-use' });
      await kill(child);
      const store = await openStore({ kind: 'sqlite', folder: data, engine: scriptedEngine() });
      await settle(store);
      const numbers = async (id: number): Promise<readonly number[]> =>
        (await store.journal.read({ kind: 'pool', id })).map(
          ({ event }) => (event as unknown as { n: number }).n,
        );
      const there = await numbers(1);
      expect(child.said.filter((n) => !there.includes(n))).toEqual([]);
      expect(await numbers(2)).toEqual(there);
      expect(new Set(there).size).toBe(there.length);
      await store.close();
    }
  }, 120_000);
});
