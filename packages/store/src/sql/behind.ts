import type { Address } from '@signalbox/engine';
import type { Answer, Change, Need } from '../unit/decide.ts';
import type { Param } from './work.ts';

/** A journal entry as its columns. */
export type JournalColumns = readonly [
  kind: string,
  id: number,
  version: number,
  at: number,
  event: Param,
  cause: string | null,
];

/** What a single writer may keep back until its transaction ends. */
export interface Behind {
  answer(address: Address, need: Need): Answer | undefined;
  learn(address: Address, answer: Answer): void;
  /** The loaded answer with what is not written yet. */
  amend(answer: Answer): Answer;
  keep(address: Address, changes: readonly Change[]): readonly Change[];
  append(entry: JournalColumns): void;
}
