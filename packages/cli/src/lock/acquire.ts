import { ApiError, type LeasesClient, type LeaseView, type NewLease } from '@signalbox/api';
import { EXIT, CliError } from '../exit-codes.ts';

/** How long one answer may wait; the server allows 50. */
const POLL_SECONDS = 25;
/** How long to wait when the server keeps no more questions open; leases are longer (five seconds at least). */
const PAUSE_MS = 2000;

/** What waiting for locks needs. */
export interface AcquireOptions {
  readonly client: Pick<LeasesClient, 'acquireLease'>;
  readonly project: string;
  readonly request: NewLease;
  /** Milliseconds of a clock that never jumps. */
  readonly clock: () => number;
  /** Stop waiting at this time. */
  readonly until: number;
  readonly signal: AbortSignal;
  /** Says why it waits; called when that changes. */
  readonly say: (text: string) => void;
}

/** The granted lease, and when the request was sent that renewed it last. */
export interface Acquired {
  readonly lease: LeaseView;
  readonly since: number;
}

/** Asks for the locks, and again, until they are granted; asking again is a sign of life. */
export async function acquire(options: AcquireOptions): Promise<Acquired> {
  const { client, project, request, clock, until, signal, say } = options;
  let said = '';
  let wait = 0;
  for (;;) {
    const since = clock();
    const lease = await unlessTooMany(() =>
      client.acquireLease(project, { ...request, waitSeconds: wait }, signal),
    );
    if (lease === undefined) {
      // The request has its place; only this way of waiting is not to be had, so it asks now and then.
      await pause(PAUSE_MS, signal);
      wait = 0;
      continue;
    }
    if (lease.status === 'inUse') return { lease, since };
    if (lease.status !== 'queued')
      throw new CliError(EXIT.failed, `The locks were not granted: ${endOf(lease)}`);
    const text = waitText(lease);
    if (text !== said) say(text);
    said = text;
    const left = (until - clock()) / 1000;
    if (left <= 0) throw new CliError(EXIT.failed, 'The locks were not free in time. Nothing was run.');
    wait = Math.max(1, Math.min(POLL_SECONDS, Math.ceil(left)));
  }
}

/** Undefined when too many questions of this token are open (429). */
async function unlessTooMany(ask: () => Promise<LeaseView>): Promise<LeaseView | undefined> {
  try {
    return await ask();
  } catch (error) {
    if (error instanceof ApiError && error.status === 429) return undefined;
    throw error;
  }
}

async function pause(time: number, signal: AbortSignal): Promise<void> {
  await new Promise<void>((done) => {
    const timer = setTimeout(done, time);
    signal.addEventListener(
      'abort',
      () => {
        clearTimeout(timer);
        done();
      },
      { once: true },
    );
  });
  signal.throwIfAborted();
}

function waitText({ locks, reasons }: LeaseView): string {
  const places = locks.map(({ name, position }) => `number ${position ?? '?'} at ${name}`).join(', ');
  return [`Waits: ${places}.`, ...reasons.map((reason) => `  ${reason}`)].join('\n');
}

function endOf({ status, withdrawn }: LeaseView): string {
  if (withdrawn !== undefined) return `withdrawn by ${withdrawn.by}: ${withdrawn.reason}`;
  return status === 'timedOut' ? 'the wait time-out of the lock is over.' : `the request is ${status}.`;
}
