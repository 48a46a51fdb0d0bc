import type { BundleId, Instant, PoolId, ProjectId, RunId } from '@signalbox/model';
import type { InterlockingEvent } from './interlocking/events.ts';
import type { InterlockingMessage } from './interlocking/messages.ts';
import type { CallerNews } from './interlocking/rows.ts';
import type { PoolEvent } from './pool/events.ts';
import type { PoolMessage } from './pool/messages.ts';
import type { ToldRefusal } from './refusals.ts';
import type { RunEvent } from './run/events.ts';
import type { RunMessage } from './run/messages.ts';
import type { TriggerEvent } from './trigger/events.ts';
import type { TriggerMessage } from './trigger/messages.ts';

/** The four kinds of aggregate; one transaction touches one of them (ARCHITECTURE §3). */
export type AggregateKind = 'run' | 'interlocking' | 'pool' | 'trigger';

/** Which aggregate: a run, the locks of a project, a pool, or the creator of a project's runs. */
export type Address =
  | { readonly kind: 'run'; readonly id: RunId }
  | { readonly kind: 'interlocking'; readonly id: ProjectId }
  | { readonly kind: 'pool'; readonly id: PoolId }
  | { readonly kind: 'trigger'; readonly id: ProjectId };

/** What an aggregate of each kind understands. */
export interface MessageOf {
  readonly run: RunMessage;
  readonly interlocking: InterlockingMessage;
  readonly pool: PoolMessage;
  readonly trigger: TriggerMessage;
}

/** What happened to an aggregate of each kind: its journal entries. */
export interface EventOf {
  readonly run: RunEvent;
  readonly interlocking: InterlockingEvent;
  readonly pool: PoolEvent;
  readonly trigger: TriggerEvent;
}

/**
 * A message on its way into the inbox of an aggregate. `due` in the future makes it a timer
 * (timers are mail with a future due time); absent means at once. Mail to one aggregate that is due
 * is handled in the order in which it was written, always.
 */
export type Mail =
  | { readonly to: Extract<Address, { kind: 'run' }>; readonly body: RunMessage; readonly due?: Instant }
  | {
      readonly to: Extract<Address, { kind: 'interlocking' }>;
      readonly body: InterlockingMessage;
      readonly due?: Instant;
    }
  | { readonly to: Extract<Address, { kind: 'pool' }>; readonly body: PoolMessage; readonly due?: Instant }
  | {
      readonly to: Extract<Address, { kind: 'trigger' }>;
      readonly body: TriggerMessage;
      readonly due?: Instant;
    };

/**
 * Something to be done outside, executed after the commit by any replica, at least once;
 * the key makes a second execution harmless.
 */
export type Effect =
  DeploymentRecordEffect | TellCallerEffect | WatchCallerEffect | CompareRunsEffect | InvokeCheckEffect;

/** A line of the environment's deployment history (DEP-11). */
export interface DeploymentRecordEffect {
  readonly key: string;
  readonly kind: 'deploymentRecord';
  readonly environment: string;
  readonly project: ProjectId;
  readonly run: RunId;
  readonly stage: string;
  readonly stageAttempt: number;
  readonly job: string;
  /** The machine, by its number; absent: the whole environment. */
  readonly resource?: number;
  readonly queueTime: Instant;
  readonly startTime: Instant | undefined;
  readonly finishTime: Instant;
  readonly result: string;
}

/** A check is to ask its HTTP service: the settings are in the run's checkpoint. `CheckAnswered` is the answer. */
export interface InvokeCheckEffect {
  readonly key: string;
  readonly kind: 'invokeCheck';
  readonly project: ProjectId;
  readonly run: RunId;
  readonly stage: string;
  readonly attempt: number;
  /** The number of the check in its checkpoint. */
  readonly check: number;
  /** The number of the evaluation, from 1. */
  readonly evaluation: number;
}

/** How the commit of run `head` stands to that of run `base`: the locks want to know it, as `RunsCompared` (LOCK-67). */
export interface CompareRunsEffect {
  readonly key: string;
  readonly kind: 'compareRuns';
  readonly project: ProjectId;
  /** Who waits for the answer. */
  readonly bundle: BundleId;
  readonly base: RunId;
  readonly head: RunId;
}

/** Somebody outside who does not ask by itself is to learn what became of its lease. `CallerTold` is the answer. */
export interface TellCallerEffect {
  readonly key: string;
  readonly kind: 'tellCaller';
  readonly project: ProjectId;
  /** The caller's own id of its request. */
  readonly request: string;
  /** `CallerChannel.id` at the time; a caller that moved is not told at its old place. */
  readonly channel: string;
  readonly news: CallerNews;
}

/** Whether what a lease is for still goes on is to be asked now and then, until the lease is over (INV-36). */
export interface WatchCallerEffect {
  readonly key: string;
  readonly kind: 'watchCaller';
  readonly project: ProjectId;
  readonly request: string;
}

/** What the sender of a command is told, once its effects are durable. */
export type Reply =
  { readonly ok: true; readonly value: ReplyValue } | { readonly ok: false; readonly refusal: ToldRefusal };

/** Plain JSON. */
export type ReplyValue =
  string | number | boolean | null | readonly ReplyValue[] | { readonly [key: string]: ReplyValue };

/**
 * What one message did: facts for the journal, mail for other inboxes (timers included), effects,
 * and the answer to a command. The rows change only through `evolve(state, event)`, so the journal
 * folds to the rows.
 */
export interface Outcome<E> {
  readonly events: readonly E[];
  readonly mail: readonly Mail[];
  readonly effects: readonly Effect[];
  readonly reply?: Reply;
}

/** An outcome in which nothing happened: late, repeated or foolish messages end here. */
export const NOTHING: Outcome<never> = { events: [], mail: [], effects: [] };
