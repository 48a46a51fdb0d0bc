import type { WireTime } from '../views.ts';
import type { IdentityRef } from './common.ts';

/** What can be told. The first five have names of Azure's service hooks, too (REST.md §3.9). */
export const NOTIFICATION_EVENTS = [
  'run.completed',
  'run.stateChanged',
  'stage.stateChanged',
  'approval.pending',
  'approval.completed',
  'approval.changed',
  'check.started',
  'check.completed',
  'check.changed',
  'check.lapsed',
  'check.operated',
  'lock.waiting',
  'lock.granted',
  'lock.released',
  'lock.ended',
  'lock.kept',
  'lock.holderChanged',
  'lock.overdue',
  'lock.operated',
  'lock.frozen',
  'lock.unfrozen',
] as const;

/** A word of the list. */
export type NotificationEvent = (typeof NOTIFICATION_EVENTS)[number];

/** The event of a delivery: one that happened, several at once in one message, or none but a test. */
export type DeliveredEvent = NotificationEvent | 'several' | 'test';

/**
 * Which of the events are told. Absent or empty: no restriction. A restriction leaves events alone that never have
 * what it is about: a run has no lock, and a lock no result.
 */
export interface NotificationFilter {
  /** Names or numbers of pipelines. */
  readonly pipelines?: readonly string[];
  readonly stages?: readonly string[];
  readonly environments?: readonly string[];
  /** Names or numbers of locks. */
  readonly locks?: readonly string[];
  /** How it ended: `succeeded`, `failed`, `canceled`, `rejected`, `timedOut`, … */
  readonly results?: readonly string[];
  /** What it became: `inProgress`, `waiting`, `running`, `completed`, … */
  readonly states?: readonly string[];
}

/** A webhook gets the envelope of Azure's service hooks; the others get a text. */
export type NotificationTargetKind = 'webhook' | 'slack' | 'teams' | 'email';

/** Where to tell it. What is marked as secret is stored sealed and never shown; absent in a change: it stays. */
export interface NewNotificationTarget {
  readonly kind: NotificationTargetKind;
  /** Of all but mail; secret but for its origin. */
  readonly url?: string;
  /** Of a webhook; the values are secret. */
  readonly headers?: Readonly<Record<string, string>>;
  /** Of a webhook: basic authentication. Of mail: how to sign in to the server. */
  readonly user?: string;
  /** Secret. */
  readonly password?: string;
  /** Of a webhook: signs each call with HMAC-SHA256. Secret; at least 16 characters. */
  readonly signingKey?: string;
  /** Of mail: the server that takes it. */
  readonly host?: string;
  readonly port?: number;
  /** Of mail: `tls` (default) from the first byte, `startTls` before anything is said, `none` only within a machine. */
  readonly security?: 'tls' | 'startTls' | 'none';
  readonly from?: string;
  readonly to?: readonly string[];
}

/** A target without its secrets. */
export interface NotificationTargetView {
  readonly kind: NotificationTargetKind;
  /** What may be seen of it: the origin of its address, or the mail server. */
  readonly shown: string;
  /** Names of the headers. */
  readonly headers?: readonly string[];
  readonly user?: string;
  readonly hasPassword?: boolean;
  readonly isSigned?: boolean;
  readonly security?: 'tls' | 'startTls' | 'none';
  readonly from?: string;
  readonly to?: readonly string[];
}

/** `POST notifications`. */
export interface NewSubscription {
  /** What people call it; 1 to 100 characters. */
  readonly name: string;
  /** Absent: every event. */
  readonly events?: readonly NotificationEvent[];
  readonly filter?: NotificationFilter;
  readonly target: NewNotificationTarget;
  /** Default: true. */
  readonly enabled?: boolean;
}

/** `PATCH notifications/{id}`: what is absent stays as it is. */
export type SubscriptionPatch = Partial<Omit<NewSubscription, 'target'>> & {
  readonly target?: Partial<NewNotificationTarget>;
};

/** A subscription, and how it goes. */
export interface SubscriptionView {
  readonly id: string;
  readonly name: string;
  readonly events: readonly NotificationEvent[];
  readonly filter: NotificationFilter;
  readonly target: NotificationTargetView;
  readonly state: 'enabled' | 'disabled' | 'disabledBySystem';
  /** Why the server disabled it. */
  readonly reason?: string;
  /** Since when every try has failed; absent: the last one did not. */
  readonly failingSince?: WireTime;
  /** Deliveries that were not made, because too many waited. */
  readonly omitted: number;
  readonly last?: DeliveryView;
  readonly createdBy: string;
  readonly createdDate: WireTime;
  readonly modifiedBy: string;
  readonly modifiedDate: WireTime;
}

/** One message, and how far it has come. */
export interface DeliveryView {
  readonly id: number;
  /** What a receiver gets as `X-Signalbox-Delivery`; the same at each try. */
  readonly deliveryId: string;
  readonly event: DeliveredEvent;
  /** What it says, in one sentence. */
  readonly title: string;
  readonly state: 'waiting' | 'sending' | 'delivered' | 'failed';
  readonly attempts: number;
  readonly createdDate: WireTime;
  /** When it is tried again, of one that waits after a failure. */
  readonly nextTry?: WireTime;
  readonly endedDate?: WireTime;
  /** What came of the last try, in one sentence. */
  readonly result?: string;
}

/** A subscription in the shape of Azure's service hooks; secrets are shown as asterisks. */
export interface WireHook {
  readonly id: string;
  readonly url: string;
  readonly status: 'enabled' | 'onProbation' | 'disabledByUser' | 'disabledBySystem';
  readonly publisherId: string;
  readonly eventType: string;
  readonly resourceVersion: string;
  readonly eventDescription: string;
  readonly consumerId: string;
  readonly consumerActionId: string;
  readonly actionDescription: string;
  readonly publisherInputs: Readonly<Record<string, string>>;
  readonly consumerInputs: Readonly<Record<string, string>>;
  readonly createdBy: IdentityRef;
  readonly createdDate: WireTime;
  readonly modifiedBy: IdentityRef;
  readonly modifiedDate: WireTime;
  readonly _links: Readonly<Record<string, { readonly href: string }>>;
}

/** What was sent to a service hook, in Azure's shape. */
export interface WireHookNotification {
  readonly id: number;
  readonly subscriptionId: string;
  readonly eventId: string;
  readonly status: 'queued' | 'processing' | 'completed';
  readonly result: 'pending' | 'succeeded' | 'failed';
  readonly createdDate: WireTime;
  readonly modifiedDate: WireTime;
  readonly details: {
    readonly eventType: string;
    readonly requestAttempts: number;
    readonly errorMessage: string | null;
    readonly message: string;
  };
}

/** A subscription to make, in the shape of Azure's service hooks. Asterisks in a secret say that it stays. */
export interface NewHook {
  readonly publisherId: string;
  readonly eventType: string;
  readonly resourceVersion?: string | null;
  readonly consumerId: string;
  readonly consumerActionId: string;
  /** `projectId`, and what restricts the event. */
  readonly publisherInputs: Readonly<Record<string, string>>;
  readonly consumerInputs: Readonly<Record<string, string>>;
  readonly status?: string;
}
