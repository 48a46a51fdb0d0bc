import type { Instant, ProjectId } from '@signalbox/model';
import type { InterlockingEvent } from '../interlocking/events.ts';
import { foldInterlocking } from '../interlocking/fold.ts';
import { createInterlocking, type Interlocking } from '../interlocking/interlocking.ts';
import type { InterlockingMessage } from '../interlocking/messages.ts';

/** A line of the journal of a project's locks, as the audit reads it. */
export interface JournalLine {
  readonly version: number;
  readonly at: Instant;
  readonly event: InterlockingEvent;
  /** The message that led to this fact and to those after it that have none. */
  readonly cause?: InterlockingMessage;
}

/** The first decision that does not come out again. */
export interface Difference {
  /** The journal version of the first fact that differs. */
  readonly version: number;
  readonly at: Instant;
  readonly cause: InterlockingMessage;
  /** What the journal says from there on; absent: it says nothing more for this message. */
  readonly recorded?: InterlockingEvent;
  /** What the decision says now; absent: nothing more. */
  readonly recomputed?: InterlockingEvent;
}

/** How far an audit came. */
export interface ReplayCount {
  /** Facts that were read. */
  readonly facts: number;
  /** Messages that were decided again. */
  readonly decisions: number;
  /** Facts at the beginning whose messages the journal does not have; they are taken as given. */
  readonly taken: number;
}

/** Decides a journal again, line by line. */
export interface Replay {
  /** The next line, in order; gives the first difference as soon as it is sure. Nothing is read after it. */
  read(line: JournalLine): Difference | undefined;
  /** The journal is at its end: looks at the last decision. */
  end(): Difference | undefined;
  count(): ReplayCount;
}

/** The facts of one message. */
interface Open {
  readonly version: number;
  readonly at: Instant;
  readonly cause: InterlockingMessage;
  readonly events: InterlockingEvent[];
}

/**
 * An audit of the locks of a project: every message of the journal is decided again by the very function that
 * decided it, over the rows that the earlier decisions made, and must lead to the same facts (QUEUEING §3, §4).
 */
export function createReplay(project: ProjectId): Replay {
  const taken: InterlockingEvent[] = [];
  let copy: Interlocking | undefined;
  let open: Open | undefined;
  let difference: Difference | undefined;
  let facts = 0;
  let decisions = 0;

  function close(): void {
    if (open === undefined) return;
    copy ??= createInterlocking(project, foldInterlocking(taken));
    decisions += 1;
    difference = compare(copy, open);
    open = undefined;
  }

  return {
    read({ version, at, event, cause }) {
      if (difference !== undefined) return difference;
      if (cause !== undefined) close();
      if (difference !== undefined) return difference;
      facts += 1;
      if (cause !== undefined) open = { version, at, cause, events: [event] };
      else if (open === undefined) taken.push(event);
      else open.events.push(event);
      return undefined;
    },
    end() {
      close();
      return difference;
    },
    count: () => ({ facts, decisions, taken: taken.length }),
  };
}

function compare(copy: Interlocking, { version, at, cause, events }: Open): Difference | undefined {
  const handled = copy.handle(cause, at);
  const again = handled.kind === 'decided' ? handled.outcome.events : [];
  for (let index = 0; index < Math.max(events.length, again.length); index += 1) {
    const recorded = events[index];
    const recomputed = again[index];
    if (canonical(recorded) === canonical(recomputed)) continue;
    return {
      version: version + index,
      at,
      cause,
      ...(recorded === undefined ? {} : { recorded }),
      ...(recomputed === undefined ? {} : { recomputed }),
    };
  }
  return undefined;
}

/** The same text for the same fact, whatever the order of its keys and whether a key is absent or undefined. */
function canonical(event: InterlockingEvent | undefined): string {
  return JSON.stringify(event, (_, value: unknown) =>
    typeof value === 'object' && value !== null && !Array.isArray(value)
      ? Object.fromEntries(Object.entries(value).toSorted(([a], [b]) => (a < b ? -1 : 1)))
      : value,
  );
}
