import type { LockPatch, LockRequestView, LockView } from '@signalbox/api';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { waitUntil } from '../../support/wait.ts';
import type { Place } from './place.ts';

/** Real agents take their turns, and machines may be busy: nothing here is measured in time. */
const WAIT_MS = 120_000;

/** A pipeline that deploys to an environment, for as long as the test wants: see `newLine`. */
export function deployment(environment: string): string {
  return `
trigger: none
pool: Default
stages:
  - stage: Deploy
    jobs:
      - deployment: Roll
        environment: ${environment}
        strategy:
          runOnce:
            deploy:
              steps:
                - checkout: none
                - bash: |
                    until [ -e "$GATE" ]; do sleep 0.1; done
                    [ "$(cat "$GATE")" = good ]
`;
}

/** The line of one lock, made by real runs: the first holds the lock, the others wait. */
export interface Line {
  readonly lock: number;
  /** The runs in the order in which they were queued, with the numbers that people see. */
  readonly runs: readonly { readonly id: number; readonly number: string }[];
  /** As the page names the deployment of the run with that index. */
  name(index: number): string;
  /** Queues one more run of the same pipeline. */
  add(): Promise<void>;
  /** Lets the stage of a run end. */
  finish(index: number, how?: 'good' | 'bad'): void;
  /** Lets all of them end, those that were added included. */
  finishAll(): void;
  /** The lock as it is now. */
  read(): Promise<LockView>;
  /** Waits until these hold the lock and those wait, by their indices; the holders in the order of the runs. */
  expectLine(line: { readonly holds: readonly number[]; readonly waits: readonly number[] }): Promise<void>;
  /** A waiter as the server knows it now. */
  waiter(index: number): Promise<LockRequestView>;
}

/**
 * Makes the lock of an environment and a line of `count` runs of the pipeline with the environment's name, whose file
 * is `deployment(environment)`.
 */
export async function newLine(
  place: Place,
  environment: string,
  count: number,
  policy: LockPatch = {},
): Promise<Line> {
  const { client, name: project } = place;
  const resource = { type: 'environment', name: environment } as const;
  const { id: lock } = await client.createLock(project, { resource, behavior: 'sequential', ...policy });
  const gates = mkdtempSync(join(tmpdir(), 'signalbox-line-'));
  const runs: { readonly id: number; readonly number: string }[] = [];
  const gate = (index: number): string => join(gates, String(index));
  const indexOf = ({ runId }: LockRequestView): number => runs.findIndex(({ id }) => id === runId);
  const line: Line = {
    lock,
    runs,
    name: (index) => `${environment} ${runs[index]?.number ?? ''}, Deploy`,
    async add() {
      const run = await place.queue(environment, { GATE: gate(runs.length) });
      runs.push({ id: run, number: (await place.run(run)).number });
      await whenSeen(line, run);
    },
    finish: (index, how = 'good') => writeFileSync(gate(index), how),
    finishAll: () => {
      for (const index of runs.keys()) line.finish(index);
    },
    read: () => client.getLock(project, lock),
    async expectLine(wanted) {
      const text = JSON.stringify(wanted);
      const isSo = async (): Promise<boolean> => {
        const { holders, waiters } = await line.read();
        const holds = holders.map(indexOf).toSorted((a, b) => a - b);
        return JSON.stringify({ holds, waits: waiters.map(indexOf) }) === text;
      };
      await waitUntil(`the line of ${environment} is ${text}`, isSo, WAIT_MS);
    },
    async waiter(index) {
      const found = (await line.read()).waiters.find((one) => indexOf(one) === index);
      if (found === undefined) throw new Error(`Run ${index} does not wait for ${environment}.`);
      return found;
    },
  };
  for (let index = 0; index < count; index += 1) await line.add();
  return line;
}

async function whenSeen(line: Line, run: number): Promise<void> {
  const isThere = async (): Promise<boolean> => {
    const { holders, waiters } = await line.read();
    return [...holders, ...waiters].some(({ runId }) => runId === run);
  };
  await waitUntil(`run ${run} asks for lock ${line.lock}`, isThere, WAIT_MS);
}
