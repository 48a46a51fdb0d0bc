import type { SchedulePlan } from '@signalbox/model';

/** What a schedule looks at when its time has come. */
export interface ScheduleFacts {
  /** The source or the pipeline is another one than at the last scheduled run that succeeded; true when none did. */
  readonly changed: boolean;
  /** A scheduled run of the pipeline is not over. */
  readonly inProgress: boolean;
  /** Scheduled runs of the pipeline in the last 15 minutes, and in the last week (TRIG-34). */
  readonly recent: { readonly quarter: number; readonly week: number };
}

/** Most scheduled runs of one pipeline (TRIG-34). */
const SCHEDULED_RUNS = { quarter: 10, week: 1000 } as const;

/** Why a schedule starts no run now; undefined: it does (TRIG-31, TRIG-34). */
export function scheduleHindrance(
  { always, batch }: Pick<SchedulePlan, 'always' | 'batch'>,
  { changed, inProgress, recent }: ScheduleFacts,
): string | undefined {
  if (recent.quarter >= SCHEDULED_RUNS.quarter)
    return `The pipeline had ${recent.quarter} scheduled runs within 15 minutes.`;
  if (recent.week >= SCHEDULED_RUNS.week)
    return `The pipeline had ${recent.week} scheduled runs within a week.`;
  if (always) return undefined;
  if (!changed) return 'Nothing has changed since the last scheduled run that succeeded.';
  return batch && inProgress ? 'A scheduled run is still going on.' : undefined;
}
