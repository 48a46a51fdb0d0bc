import type { Engine, Store } from '@signalbox/store';
import { afterEach } from 'vitest';
import { scriptedEngine } from './scripted-engine.ts';

/** What a suite needs of the store that it tests. */
export interface Harness {
  readonly name: 'memory' | 'sqlite' | 'postgres';
  /** Opens an empty store, or, with a place, the same data again. */
  open(options: {
    readonly engine: Engine;
    readonly clock: () => number;
    readonly place?: string;
  }): Promise<Store>;
  /** A place for data that outlives its store; undefined for memory. */
  place(): string | undefined;
}

/** A clock that moves when it is told to. */
export class Clock {
  now = 1_000_000;
  readonly read = (): number => this.now;
}

/** Opens stores and closes them after each test. */
export function storesOf(
  harness: Harness,
): (over?: {
  readonly engine?: Engine;
  readonly clock?: Clock;
  readonly place?: string | undefined;
}) => Promise<Store> {
  const opened: Store[] = [];
  afterEach(async () => {
    for (const store of opened.splice(0)) await store.close();
  });
  return async ({ engine = scriptedEngine(), clock = new Clock(), place } = {}) => {
    const store = await harness.open({ engine, clock: clock.read, ...(place !== undefined && { place }) });
    opened.push(store);
    return store;
  };
}

/** Opens a store with one project, number 1. */
export function withProject(
  open: ReturnType<typeof storesOf>,
): (over?: Parameters<ReturnType<typeof storesOf>>[0]) => Promise<Store> {
  return async (over) => {
    const store = await open(over);
    await store.projects.create({
      guid: 'a0000000-0000-0000-0000-000000000001',
      name: 'Demo',
      description: '',
    });
    return store;
  };
}

/** Runs `work` until nothing is due. */
export async function settle(store: Store): Promise<void> {
  while ((await store.work()).more);
}

/** Waits until the condition holds; for what another connection tells. */
export async function until(condition: () => boolean | Promise<boolean>): Promise<void> {
  const end = performance.now() + 60_000;
  while (!(await condition())) {
    if (performance.now() > end) throw new Error('the condition did not come true within a minute');
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
}
