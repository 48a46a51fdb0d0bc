import { fold, type DefinitionId, type Millis } from '@signalbox/model';
import type { Requester } from '../interlocking/rows.ts';

/** A stage of a pipeline: what past holds are counted by. */
export interface StageName {
  readonly definition: DefinitionId;
  /** As written; compare folded. */
  readonly stage: string;
}

/** How long a stage held its locks in the past: in how many holds, and for how long. */
export interface StageHolds extends StageName {
  readonly count: number;
  readonly p50: Millis;
  readonly p90: Millis;
}

/** The lengths of the past holds of a stage that ended as finished, in any order; empty: there were none. */
export type HoldsOf = (stage: StageName) => readonly Millis[];

/** The key of a stage in maps. */
export function stageKeyOf({ definition, stage }: Pick<Requester, 'definition' | 'stage'>): string {
  return `${definition}/${fold(stage)}`;
}

/** The smallest value that at least the share `q` of them does not exceed; undefined of nothing. */
export function quantile(values: readonly Millis[], q: number): Millis | undefined {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.max(0, Math.ceil(q * sorted.length) - 1)];
}

/**
 * How much longer a hold lasts that has lasted for `elapsed` already: judged by the past holds that lasted longer
 * than that. Undefined when none did: then the past says nothing.
 */
export function remaining(holds: readonly Millis[], elapsed: Millis, q: number): Millis | undefined {
  const longer = quantile(
    holds.filter((hold) => hold > elapsed),
    q,
  );
  return longer === undefined ? undefined : longer - elapsed;
}

/** What is known of the past holds of a stage; undefined: nothing. */
export function summaryOf(stage: StageName, holds: readonly Millis[]): StageHolds | undefined {
  const p50 = quantile(holds, 0.5);
  const p90 = quantile(holds, 0.9);
  if (p50 === undefined || p90 === undefined) return undefined;
  const { definition, stage: name } = stage;
  return { definition, stage: name, count: holds.length, p50, p90 };
}
