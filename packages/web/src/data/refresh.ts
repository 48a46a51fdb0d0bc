import type { FeedChange } from '@signalbox/api';

/** What has to be read anew. */
export interface Work {
  readonly everything: boolean;
  readonly runs: ReadonlySet<number>;
  readonly locks: ReadonlySet<number> | 'all';
}

/** Nothing to read. */
export const NO_WORK: Work = { everything: false, runs: new Set(), locks: new Set() };

/** At most four refreshes a second, however fast the feed is. */
const GAP = 250;

/** Adds what one change of the feed touches. */
export function gather(work: Work, change: FeedChange): Work {
  const run = change.run ?? (change.kind === 'run' ? change.id : undefined);
  const runs = run === undefined ? work.runs : new Set([...work.runs, run]);
  return { ...work, runs, locks: gatherLocks(work.locks, change) };
}

function gatherLocks(known: Work['locks'], change: FeedChange): Work['locks'] {
  if (known === 'all') return 'all';
  if (change.locks !== undefined) return new Set([...known, ...change.locks]);
  return change.kind === 'interlocking' ? 'all' : known;
}

/** Collects work and hands it on in rounds: one at a time, with a pause between two. */
export interface Refresher {
  readonly change: (change: FeedChange) => void;
  readonly everything: () => void;
  readonly stop: () => void;
}

/** Makes a refresher; `apply` never rejects. */
export function createRefresher(apply: (work: Work) => Promise<void>): Refresher {
  let work = NO_WORK;
  let busy = false;
  let stopped = false;

  const round = async (): Promise<void> => {
    busy = true;
    while (work !== NO_WORK && !stopped) {
      const now = work;
      work = NO_WORK;
      await apply(now);
      await new Promise((resolve) => setTimeout(resolve, GAP));
    }
    busy = false;
  };
  const add = (more: Work): void => {
    work = more;
    if (!busy) void round();
  };
  return {
    change: (change) => add(gather(work, change)),
    everything: () => add({ ...work, everything: true }),
    stop: () => {
      stopped = true;
    },
  };
}
