import type { LockView, RunView } from '@signalbox/api';
import { runMark } from './mark.ts';
import { branchName } from './names.ts';
import type { Moment } from './time.ts';
import { ago, moment } from './time.ts';

/** Something that a person has to look at: what it is, since when, and where it is done. */
export interface Need {
  readonly key: string;
  readonly kind: 'approval' | 'lock' | 'failure';
  readonly title: string;
  /** One sentence. */
  readonly text: string;
  readonly since: Moment;
  /** As `Link` takes it. */
  readonly to: string;
  /** The viewer is named in it. */
  readonly mine: boolean;
}

/** The project in three lists; each newest first, and what names the viewer before what does not. */
export interface Home {
  readonly needs: readonly Need[];
  readonly running: readonly RunView[];
  readonly waiting: readonly RunView[];
}

/** What the home page shows to `viewer`, a user name. */
export function home(
  runs: readonly RunView[],
  locks: readonly LockView[],
  viewer: string,
  now: number,
): Home {
  const newest = runs.toSorted((left, right) => right.id - left.id);
  const needs = [
    ...newest.flatMap((run) => approvalNeeds(run, viewer, now)),
    ...locks.flatMap((lock) => lockNeeds(lock, now)),
    ...failures(newest, now),
  ];
  const open = newest.filter(({ status }) => status !== 'completed');
  return {
    needs: needs.toSorted((left, right) => Number(right.mine) - Number(left.mine)),
    running: open.filter(isRunning),
    waiting: open.filter((run) => !isRunning(run)),
  };
}

function isRunning(run: RunView): boolean {
  const { icon } = runMark(run);
  return icon === 'running' || icon === 'canceled';
}

function approvalNeeds(run: RunView, viewer: string, now: number): readonly Need[] {
  return run.stages.flatMap((stage) =>
    (stage.approvals ?? []).map((approval): Need => ({
      key: approval.id,
      kind: 'approval',
      title: `${stage.displayName} of ${run.definition.name} ${run.number} asks for approval`,
      text: approval.text,
      since: moment(ago(approval.since, now), approval.since),
      to: `runs/${run.id}`,
      mine: approval.waitsFor.includes(viewer),
    })),
  );
}

/** Holders that do not work, and keep everybody else out until somebody says what has to be said. */
function lockNeeds(lock: LockView, now: number): readonly Need[] {
  return lock.holders.flatMap((holder) => {
    const { holder: stuck } = holder;
    if (stuck === undefined || (stuck.state !== 'quarantined' && stuck.state !== 'failed')) return [];
    const why =
      stuck.state === 'failed'
        ? 'failed, and its lock stays taken until somebody acknowledges that'
        : 'has lost its agents, which may still act; its lock stays taken until that is over';
    const who = holder.caller ?? `${holder.definitionName} ${holder.runNumber}`;
    return [
      {
        key: `lock-${lock.id}-${holder.requestId}`,
        kind: 'lock',
        title: `${lock.name} is kept by a holder that does not work`,
        text: `${who} ${why}.`,
        since: moment(ago(stuck.since, now), stuck.since),
        to: `locks/${lock.id}`,
        mine: false,
      },
    ];
  });
}

/** Pipelines whose last run that is over failed, each once a branch. */
function failures(newest: readonly RunView[], now: number): readonly Need[] {
  const last = new Map<string, RunView>();
  for (const run of newest) {
    const line = `${run.definition.id} ${run.branch}`;
    if (run.status === 'completed' && !last.has(line)) last.set(line, run);
  }
  return [...last.values()]
    .filter(({ result }) => result === 'failed')
    .map((run): Need => {
      const failed = run.stages.filter((stage) => stage.result === 'failed');
      const names = failed.map(({ displayName }) => displayName).join(' and ');
      const at = run.finishTime ?? run.queueTime;
      return {
        key: `run-${run.id}`,
        kind: 'failure',
        title: `${run.definition.name} ${run.number} failed`,
        text: `${names === '' ? 'It' : names} failed on ${branchName(run.branch)}, and no later run there has succeeded.`,
        since: moment(ago(at, now), at),
        to: `runs/${run.id}`,
        mine: false,
      };
    });
}
