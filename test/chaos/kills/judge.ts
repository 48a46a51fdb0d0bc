import type { JobView, LockRequestView, RunView } from '@signalbox/api';
import { expect } from 'vitest';
import { lockRequests, locks } from '../../support/queue.ts';
import type { Signalbox } from '../../support/signalbox.ts';
import { waitUntil } from '../../support/wait.ts';
import { read, readJournal } from '../journal.ts';
import { KINDS, type Kind, type Victim } from './kinds.ts';
import { WORKSHOP, type Workshop } from './workshop.ts';

/** What a run came to. */
export interface Ending {
  readonly kind: Kind;
  readonly run: RunView;
}

/** How a run of this kind ends after that. */
export function expected({ isOnAgent, unharmed }: Kind, victim: Victim): string {
  const isHarmed = isOnAgent && victim !== 'server' && victim !== 'cut';
  return isHarmed && unharmed === 'succeeded' ? 'failed' : unharmed;
}

/** `script: failed`, for all of them. */
export function results(endings: readonly Ending[]): readonly string[] {
  return endings.map(({ kind, run }) => `${kind.name}: ${run.result}`);
}

/** Every job is over, once; a job that was lost says why. */
export function judgeJobs(endings: readonly Ending[], victim: Victim): void {
  for (const { kind, run } of endings) {
    const jobs = run.stages.flatMap((stage) => stage.jobs);
    expect(jobs.filter(({ state, attempt }) => state !== 'completed' || attempt !== 1)).toEqual([]);
    if (expected(kind, victim) === 'failed') expect(told(jobs), kind.name).toMatch(/agent/i);
  }
}

function told(jobs: readonly JobView[]): string {
  return jobs.map(({ message = '' }) => message).join(' ');
}

/** No step began twice, none ended twice, and of a run that succeeded each that began did end. */
export function judgeDiary(diary: readonly string[], endings: readonly Ending[]): void {
  const words = diary.map((line) => line.split(' '));
  const keys = words.map(([word, kind, run]) => `${word} ${kind} ${run}`);
  expect(keys.filter((key, at) => keys.indexOf(key) !== at)).toEqual([]);
  const good = endings.filter(({ run }) => run.result === 'succeeded').map(({ run }) => String(run.id));
  const left = words.filter(([word, kind, run]) => {
    return word === 'begin' && good.includes(run ?? '') && !keys.includes(`end ${kind} ${run}`);
  });
  expect(left, 'steps of good runs that were broken off').toEqual([]);
}

/** The log of a step that talked all the while has each line once, in its order. */
export async function judgeLog(box: Signalbox, diary: readonly string[], run: RunView): Promise<void> {
  const end = diary
    .map((line) => line.split(' '))
    .find(([word, , id]) => word === 'end' && id === String(run.id));
  const steps = run.stages.flatMap(({ jobs }) => jobs.flatMap((job) => job.steps));
  const lines: string[] = [];
  for (const { log } of steps) {
    if (log === undefined) continue;
    const path = `/${WORKSHOP}/_apis/build/builds/${run.id}/logs/${log}?$format=application/json`;
    lines.push(...(await box.rest<{ value: string[] }>('GET', path)).value);
  }
  const said = lines.map((line) => /line \d+$/.exec(line)?.[0]).filter((line) => line !== undefined);
  expect(said).toEqual(Array.from({ length: Number(end?.[3]) }, (_, at) => `line ${at + 1}`));
}

/** The steps of agents that are gone are gone, too. */
export async function judgeProcesses(workshop: Workshop): Promise<void> {
  for (const kind of KINDS) {
    const pid = workshop.processOf(kind);
    if (pid !== undefined) await waitUntil(`the step ${kind.name} is gone`, () => !lives(pid));
  }
}

function lives(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}

/** The laws by the journal, and free locks in the end. */
export async function judgeLocks(box: Signalbox): Promise<void> {
  expect(read(await readJournal(box, WORKSHOP)).wrong).toEqual([]);
  for (const { name, holders, waitersTotal } of await locks(box, WORKSHOP))
    expect(`${name}: ${holders.length} hold, ${waitersTotal} wait`).toBe(`${name}: 0 hold, 0 wait`);
}

/** The request of a run. */
export async function requestOf(box: Signalbox, run: number): Promise<LockRequestView | undefined> {
  return (await lockRequests(box, WORKSHOP)).find(({ runId }) => runId === run);
}
