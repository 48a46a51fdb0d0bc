import type { RunCause } from '@signalbox/engine';
import type { RunReason } from '@signalbox/model';
import type { DefinitionRow, OccasionRow, ProjectRow } from '@signalbox/store';
import type { App } from '../app.ts';

/** A run to be queued. */
export interface Start {
  /** Full ref. */
  readonly branch: string;
  /** Absent: the newest of the branch. */
  readonly commit?: string;
  readonly reason: RunReason;
  readonly requestedFor: string;
  readonly cause: RunCause;
}

/** What an occasion comes to. */
export type Decision =
  | { readonly kind: 'start'; readonly start: Start }
  | { readonly kind: 'ignore'; readonly why: string }
  /** A run was meant to start, and cannot: somebody has to look at it. */
  | { readonly kind: 'fail'; readonly why: string }
  /** A later occasion of the lane stands for it. */
  | { readonly kind: 'merge'; readonly into: number }
  | { readonly kind: 'wait'; readonly after: number };

/** An occasion, and whose it is. */
export interface Matter<T> {
  readonly app: App;
  readonly project: ProjectRow;
  readonly definition: DefinitionRow;
  readonly row: OccasionRow;
  readonly occasion: T;
}

/** It starts nothing, and nobody has to mind. */
export function ignore(why: string): Decision {
  return { kind: 'ignore', why };
}
