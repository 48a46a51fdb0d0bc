import type { ApprovalRow, RunState } from '@signalbox/engine';
import { fold, type Guid, type RunId } from '@signalbox/model';

/** Names one approval: a check of a stage attempt. The stage is its place in the run, from 0. */
export interface ApprovalKey {
  readonly run: RunId;
  readonly stage: number;
  readonly attempt: number;
  readonly check: number;
}

/**
 * The GUID of an approval, which the timeline record of it has, too (REST.md §0.5). It holds the key itself
 * (RFC 9562, version 8): so an approval is found by its id without an index.
 */
export function approvalGuid({ run, stage, attempt, check }: ApprovalKey): Guid {
  const head = hex(run, 12);
  return [head.slice(0, 8), head.slice(8), `8${hex(attempt, 3)}`, `8${hex(stage, 3)}`, hex(check, 12)].join(
    '-',
  );
}

/** The key that a GUID holds; undefined for one that names no approval. */
export function approvalKey(guid: string): ApprovalKey | undefined {
  const parts = /^([0-9a-f]{8})-([0-9a-f]{4})-8([0-9a-f]{3})-8([0-9a-f]{3})-([0-9a-f]{12})$/i.exec(guid);
  if (parts === null) return undefined;
  const [run = 0, attempt = 0, stage = 0, check = 0] = [
    `${parts[1]}${parts[2]}`,
    parts[3] ?? '',
    parts[4] ?? '',
    parts[5] ?? '',
  ].map((digits) => Number.parseInt(digits, 16));
  return { run, stage, attempt, check };
}

/** The key of a row of the list; the stages of a run stand in the order of its plan. */
export function keyOfRow(
  { run, stage, attempt, check }: ApprovalRow,
  { stages }: Pick<RunState, 'stages'>,
): ApprovalKey {
  return { run, stage: stages.findIndex(({ name }) => fold(name) === fold(stage)), attempt, check };
}

function hex(value: number, digits: number): string {
  return value.toString(16).padStart(digits, '0');
}
