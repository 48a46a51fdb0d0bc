import { foldInterlocking, type InterlockingEvent } from '@signalbox/engine';
import { openStore } from '@signalbox/store';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { expectFolded } from '../history/story.ts';
import { folders } from '../support/folders.ts';
import { settle } from '../support/harness.ts';
import { ENGINE } from '../support/real-engine.ts';
import { SpanWorld } from '../support/span-world.ts';

const tsconfig = fileURLToPath(new URL('../../../../tsconfig.floors.json', import.meta.url));
const script = fileURLToPath(new URL('../support/span-child.ts', import.meta.url));
const folder = folders();

/** Lets a child play runs with a span in the folder until it kills itself; says by which signal it ended. */
async function playUntilKilled(data: string, when: string): Promise<unknown> {
  const child = spawn(process.execPath, ['--import', 'tsx', script, data, when], {
    stdio: ['ignore', 'ignore', 'inherit'],
    env: { ...process.env, TSX_TSCONFIG_PATH: tsconfig },
  });
  const [, signal] = (await once(child, 'exit')) as readonly unknown[];
  return signal;
}

describe('kill -9 when a span is over', () => {
  it.each(['before', 'after'] as const)(
    '%s the interlocking decides: the lock is free once, and the next run gets it once (LOCK-65, LAW-4, R5)',
    async (when) => {
      const data = folder();
      expect(await playUntilKilled(data, when)).toBe('SIGKILL');
      const store = await openStore({ kind: 'sqlite', folder: data, engine: ENGINE });
      await settle(store);
      const world = new SpanWorld(store);
      // What was not acknowledged is told again by the agent.
      if ((await world.openOf(1)).length > 0) expect(await world.finish()).toBe('1 Verify');
      expect(await store.inbox.parked()).toEqual([]);
      expect(await world.openOf(1)).toEqual([]);
      const [holder, ...more] = await store.locks.holders(1, 1);
      expect(holder).toMatchObject({ requester: { run: 2, stage: 'Deploy' }, requests: [{ token: 2 }] });
      expect(more).toEqual([]);
      const journal = await store.journal.read({ kind: 'interlocking', id: 1 });
      const events = journal.map(({ event }) => event as InterlockingEvent);
      expect(events.filter(({ type }) => type === 'SpanOver')).toHaveLength(1);
      expect(events.filter(({ type }) => type === 'BundleGranted')).toHaveLength(2);
      expect(foldInterlocking(events).bundles.size).toBe(5);
      await expectFolded(store);
      await store.close();
    },
    60_000,
  );
});
