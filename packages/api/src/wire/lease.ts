import type { LockRequestStatus } from '@signalbox/model';
import type { WireTime } from '../views.ts';

/** `POST leases`: somebody outside asks for locks; the same `requestId` again is the same request. */
export interface NewLease {
  /** The caller's own id of its request: 1 to 128 letters, digits and `. _ : -`. */
  readonly requestId: string;
  /** Who asks, as the queue shows it. Absent: the name of the token. */
  readonly caller?: string;
  /** Names or numbers of locks of the project. */
  readonly locks: readonly (string | number)[];
  /** How long the lease lasts without a sign of life, from 5 to 3600; 60 if absent. */
  readonly leaseSeconds?: number;
  /** How long the answer may wait for the locks, from 0 to 50. */
  readonly waitSeconds?: number;
}

/** A lease: one request of somebody outside, with all its locks. */
export interface LeaseView {
  readonly requestId: string;
  readonly caller: string;
  /** `queued`: it waits; `inUse`: it has all its locks; every other word is an end. */
  readonly status: Exclude<LockRequestStatus, 'expected'>;
  readonly locks: readonly {
    readonly lockId: number;
    readonly name: string;
    /** The fencing token, once it was granted. */
    readonly token?: number;
    /** Its place in the queue, 1 for the next; while it waits. */
    readonly position?: number;
  }[];
  readonly queueTime: WireTime;
  readonly assignTime?: WireTime;
  readonly finishTime?: WireTime;
  readonly leaseSeconds: number;
  /** The end of the lease by the server's clock; callers count `leaseSeconds` from before they ask. */
  readonly leaseUntil: WireTime;
  /** Why it waits, a sentence each. */
  readonly reasons: readonly string[];
  /** Who ended its waiting, and why. */
  readonly withdrawn?: { readonly by: string; readonly reason: string };
}
