import type { WirePreviousAttempt } from '@signalbox/api';
import { earlierAttempts, type RunState, type StageState } from '@signalbox/engine';
import { fold, type Guid } from '@signalbox/model';
import { nameGuid } from '../../guid.ts';
import { recordId } from './record.ts';

type Run = Pick<RunState, 'planId' | 'earlier'>;

/** The timeline that has the records of one earlier attempt of a stage (RETRY-8). */
function attemptTimelineId({ planId }: Run, stage: string, attempt: number): Guid {
  return nameGuid('timeline', `${planId}:${fold(stage)}:${attempt}`);
}

/** The attempt of a stage that a timeline is of; undefined: there is none of this id. */
export function attemptOfTimeline(run: RunState, id: string): StageState | undefined {
  return run.earlier?.find(({ name, attempt }) => attemptTimelineId(run, name, attempt) === fold(id));
}

/** The attempts of a stage before this one, oldest first, with the id of its record in each. */
export function previousAttempts(
  run: Run,
  { name, attempt: latest }: StageState,
): readonly WirePreviousAttempt[] {
  return earlierAttempts(run, name)
    .filter(({ attempt }) => attempt < latest)
    .map(({ attempt }) => ({
      attempt,
      timelineId: attemptTimelineId(run, name, attempt),
      recordId: recordId(name, attempt),
    }));
}

/**
 * The attempts of a job before this one. A job that was not run again with its stage has the same number there; the
 * records of an attempt are in the timeline of the stage attempt that ran it.
 *
 * @param identifier of its record, without the attempt
 */
export function previousJobAttempts(
  run: Run,
  stage: StageState,
  job: { readonly name: string; readonly attempt: number; readonly identifier: string },
): readonly WirePreviousAttempt[] {
  return earlierAttempts(run, stage.name).flatMap((earlier) => {
    const then = earlier.jobs.find(({ name }) => name === job.name);
    if (earlier.attempt >= stage.attempt || then === undefined || then.carried) return [];
    if (then.attempt >= job.attempt) return [];
    return {
      attempt: then.attempt,
      timelineId: attemptTimelineId(run, stage.name, earlier.attempt),
      recordId: recordId(job.identifier, then.attempt),
    };
  });
}
