import { ApiError, type LeaseView, type LeasesClient } from '@signalbox/api';

/** What keeping a lease needs of the world. Times are milliseconds of a clock that never jumps. */
export interface KeeperOptions {
  readonly client: Pick<LeasesClient, 'renewLease'>;
  readonly project: string;
  readonly lease: LeaseView;
  /** When the request was sent that last renewed the lease: the server counts from later. */
  readonly since: number;
  readonly clock: () => number;
  /** Called once, when the lease is lost or is about to be: with why, and until when nobody else can have the locks. */
  readonly onLost: (why: string, end: number) => void;
}

/** Keeps a lease alive until it is stopped or lost. */
export interface LeaseKeeper {
  stop(): void;
}

/**
 * Renews three times per lease. When no renewal came through and only a quarter of the lease is left, it counts as
 * lost: what is left is the time to stop the command, before the server hands the locks on (INV-07).
 */
export function keepLease(options: KeeperOptions): LeaseKeeper {
  const { client, project, lease, clock, onLost } = options;
  const length = lease.leaseSeconds * 1000;
  const over = new AbortController();
  let end = options.since + length;
  let next: NodeJS.Timeout | undefined;
  let last = '';

  const stop = (): void => {
    clearTimeout(next);
    clearTimeout(deadline);
    over.abort();
  };
  const lost = (why: string): void => {
    if (over.signal.aborted) return;
    stop();
    onLost(why, end);
  };
  const watch = (): NodeJS.Timeout =>
    setTimeout(() => lost(`It could not be renewed in time. ${last}`.trim()), end - clock() - length / 4);
  let deadline = watch();

  const renew = async (): Promise<void> => {
    const sent = clock();
    try {
      await client.renewLease(project, lease.requestId, over.signal);
      if (over.signal.aborted) return;
      end = sent + length;
      clearTimeout(deadline);
      deadline = watch();
      next = setTimeout(() => void renew(), length / 3);
    } catch (error) {
      if (over.signal.aborted) return;
      if (isFinal(error)) return lost(error.message);
      last = error instanceof Error ? error.message : '';
      next = setTimeout(() => void renew(), length / 20);
    }
  };
  next = setTimeout(() => void renew(), length / 3);
  return { stop };
}

/** Whether asking again cannot help: the server knows the lease no more, or the token. */
function isFinal(error: unknown): error is ApiError {
  return error instanceof ApiError && error.status >= 400 && error.status < 500 && error.status !== 429;
}
