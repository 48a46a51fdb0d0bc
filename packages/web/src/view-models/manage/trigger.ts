import type { OccasionView, TriggerView } from '@signalbox/api';
import type { Mark } from '../mark.ts';
import { branchName } from '../names.ts';
import type { Moment } from '../time.ts';
import { ago, moment, roughly } from '../time.ts';

/** Something that may have started a run, as the page lists it. */
export interface OccasionLine {
  readonly id: number;
  readonly mark: Mark;
  readonly what: string;
  readonly at: Moment;
  /** Why there is no run, or what became of it. */
  readonly why: string;
  readonly run?: number;
}

const RESULTS: Readonly<Record<OccasionView['result'], Mark>> = {
  waiting: { icon: 'queued', tone: 'quiet', label: 'waits' },
  queued: { icon: 'succeeded', tone: 'good', label: 'started a run' },
  ignored: { icon: 'skipped', tone: 'quiet', label: 'started nothing' },
  merged: { icon: 'skipped', tone: 'quiet', label: 'went into a later one' },
  failed: { icon: 'failed', tone: 'bad', label: 'failed' },
};

/** Puts an occasion into words. */
export function occasionLine({ id, result, what, at, why, run }: OccasionView, now: number): OccasionLine {
  const line = { id, mark: RESULTS[result], what, at: moment(ago(at, now), at), why };
  return { ...line, ...(run !== undefined && { run }) };
}

/** How the triggers of a pipeline are. */
export function triggerMark({ automatic, queueStatus, repository }: TriggerView): Mark {
  if (repository.problem !== undefined)
    return { icon: 'failed', tone: 'bad', label: 'the repository cannot be read' };
  if (queueStatus !== 'enabled')
    return { icon: 'skipped', tone: 'quiet', label: `the pipeline is ${queueStatus}` };
  if (!automatic) return { icon: 'skipped', tone: 'quiet', label: 'only people start it' };
  return { icon: 'succeeded', tone: 'good', label: 'listens' };
}

/** A schedule in words, with when it comes next. */
export interface ScheduleLine {
  readonly key: string;
  readonly text: string;
  readonly next: Moment;
}

/** The schedules of a pipeline, the next one first. */
export function scheduleLines({ schedules }: TriggerView, now: number): readonly ScheduleLine[] {
  return schedules
    .toSorted((left, right) => left.next.localeCompare(right.next))
    .map(({ branch, cron, displayName, next }) => ({
      key: `${branch} ${cron} ${displayName ?? ''}`,
      text: `${displayName ?? cron} on ${branchName(branch)}`,
      next: moment(`in ${roughly(Math.max(0, Date.parse(next) - now))}`, next),
    }));
}
