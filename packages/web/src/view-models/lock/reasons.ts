import { adviceText, type LockRequestView } from '@signalbox/api';
import type { Board } from '../board.ts';
import { runName } from '../board.ts';
import { exactly, roughly } from '../time.ts';

/** A reason why a request waits, with its times and with the runs that it names. */
export interface FullReason {
  readonly text: string;
  /** `for 4 min`, and until when where that is known. */
  readonly since?: string;
  readonly advice?: string;
  readonly runs: readonly { readonly id: number; readonly label: string }[];
}

/** A reason names so many runs at most; the sentence itself says how many there are. */
const NAMED = 5;

/** Every reason of a request, in the server's own words (QUEUEING §3). */
export function reasonLines(request: LockRequestView, on: Board, now: number): readonly FullReason[] {
  return request.reasons.map((text, index) => {
    const blocker = request.blockers[index];
    if (blocker === undefined) return { text, runs: [] };
    const until = 'until' in blocker && blocker.until !== undefined ? `, until ${wire(blocker.until)}` : '';
    const by = 'by' in blocker ? blocker.by : [];
    const ids = [...new Set(by.map(({ run }) => run))].filter((id) => id > 0).slice(0, NAMED);
    return {
      text,
      since: `for ${roughly(Math.max(0, now - blocker.since))}${until}`,
      advice: adviceText(blocker),
      runs: ids.map((id) => ({ id, label: `run ${runName(on, id)}` })),
    };
  });
}

function wire(at: number): string {
  return exactly(new Date(at).toISOString());
}
