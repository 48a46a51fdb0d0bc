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
  /** Be told of the grant instead of asking for it: then the lease begins with the grant. */
  readonly callback?: NewCallback;
}

/** Where a caller is told of its grant, and of the loss of its locks. */
export interface NewCallback {
  /** `http` or `https`; the server calls public addresses, and others only if it was started so. */
  readonly url: string;
  /** At least 16 characters; stored sealed and never returned. */
  readonly secret: string;
  /** `hmac` (default): the secret signs the call; `bearer`: the secret is sent with it. */
  readonly scheme?: 'hmac' | 'bearer';
}

/** The body of a callback. The header `x-signalbox-event` says `lease.granted` or `lease.lost`. */
export interface CallbackBody {
  readonly requestId: string;
  readonly caller: string;
  readonly status: LeaseView['status'];
  readonly locks: readonly { readonly lockId: number; readonly name: string; readonly token?: number }[];
  readonly leaseSeconds: number;
  readonly leaseUntil: WireTime;
}

/** How a caller with a callback is told. */
export interface LeaseCallbackView {
  readonly kind: 'callback' | 'azureCheck';
  /** Where, without what may be secret. */
  readonly target: string;
  /** The last thing that it was told, or could not be told. */
  readonly told?: {
    readonly news: 'granted' | 'lost';
    readonly at: WireTime;
    readonly ok: boolean;
    readonly message: string;
  };
  /** What it is being told now. */
  readonly trying?: { readonly attempts: number; readonly nextAt?: WireTime; readonly message?: string };
  /** Of stages of Azure DevOps: what was seen when they were looked at last. */
  readonly watched?: { readonly lookedAgainAt: WireTime; readonly seen: string };
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
  /**
   * The end of the lease by the server's clock; callers count `leaseSeconds` from before they ask. Absent while one
   * with a callback waits: its lease has not begun.
   */
  readonly leaseUntil?: WireTime;
  /** Why it waits, a sentence each. */
  readonly reasons: readonly string[];
  readonly callback?: LeaseCallbackView;
  /** Who ended its waiting, and why. */
  readonly withdrawn?: { readonly by: string; readonly reason: string };
}
