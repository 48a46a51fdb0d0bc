import type { JobView, LockView, RunView } from '@signalbox/api';
import { setTimeout as pause } from 'node:timers/promises';
import { expect } from 'vitest';
import { locks } from '../../support/queue.ts';
import type { Signalbox } from '../../support/signalbox.ts';
import { read, readJournal } from '../journal.ts';
import type { Account } from './account.ts';
import { CROWD, type Crowd } from './crowd.ts';
import { find, intrusions, readDiary, type DiaryLine } from './diary.ts';

/** Jobs of a run: the deployment and what comes after it. */
export const JOBS_PER_RUN = 2;

/** A kill may be a moment away from what the server wrote down of it. */
const MOMENT_MS = 3000;

interface Ended extends JobView {
  readonly run: number;
}

/** Between two looks at all runs: a look is not cheap, and must not be what the server is busy with. */
const LOOK_MS = 2000;

/** Waits until every run is over and nobody holds or waits; tells what is left. */
export async function whenOver(box: Signalbox, crowd: Crowd, account: Account): Promise<readonly RunView[]> {
  const end = Date.now() + 1_200_000;
  for (;;) {
    const all = await runsOf(box, crowd);
    const left = all.filter(({ status }) => status !== 'completed');
    const held = (await locks(box, CROWD)).filter((lock) => lock.holders.length + lock.waitersTotal > 0);
    const lost = crowd.queued.length - all.length;
    if (left.length + held.length + lost === 0) return all;
    account.tell(`${left.length} runs and ${held.length} locks are not over, ${lost} runs are not there`);
    if (Date.now() > end) throw new Error(`Runs or locks never came to an end:\n${standing(left, held)}`);
    await pause(LOOK_MS);
  }
}

function standing(left: readonly RunView[], held: readonly LockView[]): string {
  const jobs = left.flatMap(({ id, stages }) =>
    stages.flatMap((stage) => stage.jobs.map((job) => told({ ...job, run: id }))),
  );
  return [...jobs, ...held.map(({ name, holders }) => `${name} is held by ${JSON.stringify(holders)}`)].join(
    '\n',
  );
}

async function runsOf(box: Signalbox, { queued }: Crowd): Promise<readonly RunView[]> {
  const list = await box.rest<{ value: readonly RunView[] }>(
    'GET',
    `/${CROWD}/_apis/signalbox/runs?$top=${queued.length + 50}`,
  );
  return list.value.filter(({ id }) => queued.includes(id));
}

/** Every job ended once, every step that always runs did where it could, and no two runs were at work on one lock. */
export async function judge(
  box: Signalbox,
  crowd: Crowd,
  all: readonly RunView[],
): Promise<Readonly<Record<string, number>>> {
  const diary = readDiary(crowd.diary);
  const jobs = all.flatMap(({ id, stages }) =>
    stages.flatMap((stage) => stage.jobs.map((job) => ({ ...job, run: id }))),
  );
  expect(jobs).toHaveLength(all.length * JOBS_PER_RUN);
  expect(jobs.filter(({ state }) => state !== 'completed')).toEqual([]);
  expect(twice(diary), 'jobs that ran twice').toEqual([]);
  expect(intrusions(diary), 'work beside other work').toEqual([]);
  const unclean = jobs.filter(
    (job) => !cleanedUp(job, diary) && !wasCutOff(job, crowd) && !neverBegan(job, diary),
  );
  expect(unclean.map(told), 'jobs whose last step did not run though it could').toEqual([]);
  const unexplained = jobs
    .filter(({ result }) => result === 'succeeded')
    .filter((job) => !wasWhole(job, diary));
  expect(unexplained.map(told), 'jobs that succeeded without having worked').toEqual([]);
  expect(read(await readJournal(box, CROWD)).wrong).toEqual([]);
  const results: Record<string, number> = { jobs: jobs.length };
  for (const { result } of jobs) results[result ?? 'none'] = (results[result ?? 'none'] ?? 0) + 1;
  return results;
}

function twice(diary: readonly DiaryLine[]): readonly string[] {
  const seen = new Set<string>();
  return diary.flatMap(({ what, run, job }) => {
    const key = `${what} ${run} ${job}`;
    if (!seen.has(key)) {
      seen.add(key);
      return [];
    }
    return [key];
  });
}

function cleanedUp({ run, name }: Ended, diary: readonly DiaryLine[]): boolean {
  return find(diary, 'always', { run, job: name }) !== undefined;
}

function wasWhole({ run, name }: Ended, diary: readonly DiaryLine[]): boolean {
  return ['begin', 'end', 'always'].every(
    (what) => find(diary, what as DiaryLine['what'], { run, job: name }) !== undefined,
  );
}

/** The answer that brought it to its agent was lost, and the lease with it: nothing of it ran. */
function neverBegan({ run, name, result, startTime }: Ended, diary: readonly DiaryLine[]): boolean {
  const isSilent = !diary.some((line) => line.run === run && line.job === name);
  return result === 'failed' && startTime === undefined && isSilent;
}

/** Its agent was killed while it had the job. */
function wasCutOff({ agent, startTime, finishTime, result }: Ended, { killed }: Crowd): boolean {
  if (result !== 'failed' || agent === undefined) return false;
  const from = startTime === undefined ? 0 : Date.parse(startTime) - MOMENT_MS;
  const to = Date.parse(finishTime ?? '') + MOMENT_MS;
  return killed.some((kill) => kill.agent === agent && kill.at >= from && kill.at <= to);
}

function told({ run, name, state, result, agent, startTime, finishTime, message }: Ended): string {
  return `${name} of run ${run}: ${state} ${result} on ${agent} from ${startTime} to ${finishTime}: ${message ?? ''}`;
}
