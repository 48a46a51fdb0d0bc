import type { InterlockingEvent, RunEvent } from '@signalbox/engine';
import type { Guid, Instant, ProjectId, RunId } from '@signalbox/model';
import type { FeedEntry } from '@signalbox/store';
import { nameGuid } from '../guid.ts';
import type { CheckTurn, Happening } from './happening.ts';
import { lockHappening } from './lock-happening.ts';

/** A happening with its place in the journal. */
export interface Occurrence {
  readonly id: Guid;
  readonly project: ProjectId;
  readonly at: Instant;
  readonly happening: Happening;
}

/** What a journal entry is to those outside; undefined: it is no news to them. */
export function occurrenceOf(entry: FeedEntry): Occurrence | undefined {
  const { address, version, at, event, project } = entry;
  const happening =
    address.kind === 'run'
      ? runHappening(address.id, event as RunEvent)
      : address.kind === 'interlocking'
        ? lockHappening(event as InterlockingEvent)
        : undefined;
  if (happening === undefined || project === undefined) return undefined;
  // The place in the journal names the fact for ever, whoever reads it and however often.
  return { id: nameGuid('occurrence', `${address.kind}:${address.id}:${version}`), project, at, happening };
}

type EventOf<T extends RunEvent['type']> = Extract<RunEvent, { readonly type: T }>;

/** How each event of a run is told; those that are not here are no news: jobs, steps, what prepares others. */
const TOLD: {
  readonly [T in RunEvent['type']]?: (event: EventOf<T>, run: RunId) => Happening | undefined;
} = {
  RunStarted: (_, run) => ({ kind: 'run', run, state: 'inProgress' }),
  RunCancelRequested: ({ by }, run) => ({ kind: 'run', run, state: 'canceling', by }),
  RunCancelForced: ({ by }, run) => ({ kind: 'run', run, state: 'canceling', by }),
  RunCompleted: ({ result }, run) => ({ kind: 'run', run, state: 'completed', result }),
  StageWaiting: ({ stage }, run) => ({ kind: 'stage', run, stage, state: 'waiting' }),
  StageStarted: ({ stage }, run) => ({ kind: 'stage', run, stage, state: 'running' }),
  StageCompleted: (event, run) => ({
    kind: 'stage',
    run,
    stage: event.stage,
    state: 'completed',
    ...stageEnd(event),
  }),
  CheckStarted: (event, run) => turned(event, run, { turn: 'started' }),
  // What time or a service does on the way is in the log of the check.
  CheckMoved: (event, run) =>
    event.by === undefined ? undefined : turned(event, run, { turn: 'moved', by: event.by }),
  CheckEnded: (event, run) =>
    turned(event, run, { turn: 'ended', status: event.status, ...messageOf(event) }),
  CheckLapsed: (event, run) => turned(event, run, { turn: 'lapsed', ...messageOf(event) }),
  CheckOperated: (event, run) => {
    const { what, by, reason } = event;
    return turned(event, run, { turn: 'operated', what, by, reason });
  },
};

function runHappening(run: RunId, event: RunEvent): Happening | undefined {
  const told = TOLD[event.type] as ((one: RunEvent, of: RunId) => Happening | undefined) | undefined;
  return told?.(event, run);
}

/** What people call a rejection is a failure to the run. */
function stageEnd({ result, reason }: EventOf<'StageCompleted'>): {
  readonly result: string;
  readonly by?: string;
} {
  if (reason?.kind === 'checkRejected') return { result: 'rejected' };
  return { result, ...(reason?.kind === 'canceled' && { by: reason.by }) };
}

function turned(
  { stage, check }: { readonly stage: string; readonly check: number },
  run: RunId,
  turn: CheckTurn,
): Happening {
  return { kind: 'check', run, stage, check, ...turn };
}

function messageOf({ message }: { readonly message?: string }): { readonly message?: string } {
  return message === undefined ? {} : { message };
}
