import type { CheckStatus } from '@signalbox/model';
import type { EnumTable } from '../enums.ts';
import type { WireTime } from '../views.ts';
import type { IdentityRef, WireLink } from './common.ts';

/** What an operator can do about a check that a stage waits for (CHK-53). */
export const CHECK_ACTION: EnumTable<'rerun' | 'bypass' | 'defer'> = { rerun: 0, bypass: 1, defer: 2 };

/** When a check is evaluated (CHK-23); `final`: the lock; the last word is ours. */
export type WireEvaluationOrder =
  'system' | 'sanityChecks' | 'preChecks' | 'main' | 'postChecks' | 'final' | 'postDeployment';

/** All checks of one stage attempt (CHK-2). */
export interface WireCheckSuite {
  /** The same for as long as the stage has no newer attempt. */
  readonly id: string;
  readonly status: CheckStatus;
  readonly message: string;
  readonly completedDate?: WireTime;
  readonly checkRuns: readonly WireCheckRun[];
  /** Whose suite it is, in our words. */
  readonly context: {
    readonly run: { readonly id: number; readonly name: string };
    readonly pipeline: { readonly id: number; readonly name: string };
    readonly stage: { readonly name: string; readonly attempt: number };
  };
  readonly _links: Readonly<Record<string, WireLink>>;
}

/** One check of a suite. */
export interface WireCheckRun {
  /** Its timeline record, and its approval if it is one, have this id, too. */
  readonly id: string;
  readonly status: CheckStatus;
  /** Why it stands so, in one sentence; empty: there is nothing to say. */
  readonly resultMessage: string;
  readonly createdDate?: WireTime;
  readonly completedDate?: WireTime;
  readonly evaluationOrder: WireEvaluationOrder;
  /** Without an id: the permission of the pipeline, and the lock of a stage, which nobody set up. */
  readonly checkConfigurationRef: {
    readonly id?: number;
    readonly version?: number;
    readonly url?: string;
    readonly type: { readonly id: string; readonly name: string };
    readonly resource: { readonly type: string; readonly id: string; readonly name: string };
  };
  /** What operators did about it. */
  readonly resultUpdates: readonly {
    readonly action: string;
    readonly comment: string;
    readonly modifiedBy: IdentityRef;
    readonly modifiedOn: WireTime;
  }[];
  /** Ours: how people call it. */
  readonly displayName: string;
  /** Ours: what is awaited until when at the latest, in words; empty: nothing. */
  readonly waitsFor: string;
  readonly timeoutOn?: WireTime;
  /** Ours: it passed, but counts only until then (CHK-34). */
  readonly validUntil?: WireTime;
  readonly deferredTo?: WireTime;
  /** Ours: what can be done about a check of this kind. */
  readonly actions: readonly string[];
}

/** What is sent to operate on a check. */
export interface CheckOperationInput {
  readonly action: keyof typeof CHECK_ACTION;
  /** The id of the check run, or the number of its configuration. */
  readonly checkId: string | number;
  readonly comment?: string;
  /** With `defer`. */
  readonly deferredTo?: WireTime;
}
