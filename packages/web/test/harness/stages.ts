import type { JobView, StageView, StepView } from '@signalbox/api';
import type { NodeResult } from '@signalbox/model';

/** The moment at which the samples were taken, in milliseconds; every sample time counts back from it. */
export interface Clock {
  readonly at: (secondsAgo: number) => string;
}

/** Counts back from `now`. */
export function clockAt(now: number): Clock {
  return { at: (secondsAgo) => new Date(now - secondsAgo * 1000).toISOString() };
}

type Part<T> = Partial<T> & { readonly name: string };

/** A stage with everything that is not said filled in. */
export function stage(part: Part<StageView>): StageView {
  return {
    displayName: part.name,
    attempt: 1,
    dependsOn: [],
    state: 'notStarted',
    cancelling: false,
    tokens: [],
    jobs: [],
    ...part,
  };
}

/** A stage that is over. */
export function done(
  name: string,
  clock: Clock,
  times: readonly [from: number, to: number],
  more: Partial<StageView> = {},
): StageView {
  const [from, to] = times;
  const result: NodeResult = more.result ?? 'succeeded';
  return stage({
    name,
    state: 'completed',
    result,
    startTime: clock.at(from),
    finishTime: clock.at(to),
    jobs: [
      job({
        name,
        displayName: `${name} job`,
        state: 'completed',
        result,
        agent: 'agent-1',
        startTime: clock.at(from),
        finishTime: clock.at(to),
        steps: [
          step(1, 'Check out', clock, [from, to], 1),
          { ...step(2, 'Run the script', clock, [from - 2, to], 2), result },
        ],
      }),
    ],
    ...more,
  });
}

/** A job with everything that is not said filled in. */
export function job(part: Part<JobView>): JobView {
  return { displayName: part.name, attempt: 1, state: 'notStarted', steps: [], ...part };
}

/** A step; without an end it still runs. */
export function step(
  order: number,
  name: string,
  clock: Clock,
  times: readonly [from: number, to: number | undefined],
  log: number,
): StepView {
  const [from, to] = times;
  return {
    order,
    name: `step${order}`,
    displayName: name,
    startTime: clock.at(from),
    log,
    issues: [],
    ...(to === undefined
      ? { state: 'inProgress' }
      : { state: 'completed', result: 'succeeded', finishTime: clock.at(to) }),
  };
}
