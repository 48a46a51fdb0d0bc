import type { Guid, Instant, Millis, ProjectId } from '@signalbox/model';
import type { JsonObject } from './catalogue.ts';
import type { Page, PageOptions } from './page.ts';

/** Whether a subscription gets anything. The server disables one whose target fails for days. */
export type SubscriptionState = 'enabled' | 'disabled' | 'disabledBySystem';

/** Who wants to hear of what, and where. */
export interface SubscriptionRow {
  readonly id: number;
  readonly guid: Guid;
  readonly project: ProjectId;
  /** What and where; the words are the server's, and it seals what is secret. */
  readonly settings: JsonObject;
  readonly state: SubscriptionState;
  /** Why the server disabled it. */
  readonly reason?: string;
  /** Grows by one with each update. */
  readonly version: number;
  readonly createdBy: string;
  readonly createdAt: Instant;
  readonly modifiedBy: string;
  readonly modifiedAt: Instant;
  /** What happened before is not told. */
  readonly activeFrom: Instant;
  /** Since when every try has failed; absent: the last one did not. */
  readonly failingSince?: Instant;
  /** Deliveries that were not made, because too many waited. */
  readonly omitted: number;
}

/** What a caller gives of a subscription. */
export interface SubscriptionInput {
  readonly settings: JsonObject;
  readonly enabled: boolean;
  readonly by: string;
}

/** The subscriptions of projects. One that is disabled loses what waits: those deliveries have failed. */
export interface Subscriptions {
  create(project: ProjectId, input: SubscriptionInput & { readonly guid: Guid }): Promise<SubscriptionRow>;
  /** By GUID, in whatever project. */
  find(guid: Guid): Promise<SubscriptionRow | undefined>;
  /** Of one project, or of all; by id. */
  list(project?: ProjectId): Promise<readonly SubscriptionRow[]>;
  /** Replaces it. One that is enabled by this hears of what happens from now on, and its failures are forgotten. */
  update(id: number, input: SubscriptionInput): Promise<SubscriptionRow>;
  /** The server's own act, with a reason that people can read. Nothing happens to one that is not enabled. */
  disable(id: number, reason: string): Promise<void>;
  /** With its deliveries; false when there was none. */
  remove(id: number): Promise<boolean>;
}

/** `sending`: in the hands of a replica until `due`. */
export type DeliveryState = 'waiting' | 'sending' | 'delivered' | 'failed';

/** One message for one subscription, and how far it has come. */
export interface DeliveryRow {
  readonly id: number;
  /** The same at each try, and for the same fact: receivers know by it what they have had. */
  readonly guid: Guid;
  readonly subscription: number;
  readonly event: string;
  /** What is told; the words are the server's. */
  readonly body: JsonObject;
  readonly state: DeliveryState;
  /** Tries so far, the one under way included; begins anew when it is sent again by hand. */
  readonly attempts: number;
  /** When it is tried, or, under way, when another replica may take it; of one that is over, when that was. */
  readonly due: Instant;
  /** When it was made, or sent again by hand: how long it has been tried counts from here. */
  readonly since: Instant;
  readonly createdAt: Instant;
  readonly endedAt?: Instant;
  /** What came of the last try, in one sentence. */
  readonly result?: string;
}

/** What is known of a delivery when it is made. */
export type NewDelivery = Pick<DeliveryRow, 'guid' | 'subscription' | 'event' | 'body'>;

/** What became of a try. */
export type DeliveryReport =
  | { readonly kind: 'delivered'; readonly result: string }
  | { readonly kind: 'again'; readonly after: Millis; readonly result: string }
  | { readonly kind: 'failed'; readonly result: string };

/** What the journal became for those who want to hear of it: durable, each told at least once. */
export interface Deliveries {
  /** How far the journal has been read for subscriptions; undefined: never. */
  cursor(): Promise<string | undefined>;
  /**
   * Makes deliveries and moves the cursor, both or neither. False when the cursor was not at `from`: somebody else
   * has read there, and nothing is written. Of a subscription with `MAX_WAITING` that wait, the rest is counted only.
   */
  advance(step: {
    readonly from: string | undefined;
    readonly to: string;
    readonly deliveries: readonly NewDelivery[];
  }): Promise<boolean>;
  /** Makes one beside the journal. */
  add(delivery: NewDelivery): Promise<DeliveryRow>;
  /**
   * Takes deliveries that are due, one of each subscription at a time and the oldest first; whoever does not report
   * within `lease` loses them to the next taker.
   */
  take(options: { readonly limit: number; readonly lease: Millis }): Promise<readonly DeliveryRow[]>;
  /** Notes it at the subscription, too: a delivery that arrived ends a row of failures, another begins one. */
  report(id: number, report: DeliveryReport): Promise<void>;
  /** When `take` finds something next; undefined when nothing waits. */
  nextDue(): Promise<Instant | undefined>;
  /** Newest first. */
  list(
    subscription: number,
    options?: PageOptions & { readonly state?: DeliveryState },
  ): Promise<Page<DeliveryRow>>;
  get(subscription: number, id: number): Promise<DeliveryRow | undefined>;
  /** Sends one that is over again, at once; undefined when there is none, or it is not over. */
  redeliver(subscription: number, id: number): Promise<DeliveryRow | undefined>;
  /** Removes those that were over before; at most `limit`, and says how many. */
  prune(options: { readonly endedBefore: Instant; readonly limit: number }): Promise<number>;
}
