import type { LockRequestView, NewPlace } from '@signalbox/api';
import type { RequestAct } from '../lock-acts.ts';
import { requestName } from '../lock-acts.ts';

/** An act that takes another one back. */
export type Undo =
  | { readonly act: 'hold' | 'unhold'; readonly place?: never }
  | { readonly act: 'move'; readonly place: NewPlace };

/** An act that was done: what is said of it, and what takes it back where that is safe. */
export interface DoneAct {
  readonly bundle: number;
  readonly text: string;
  readonly undo?: Undo;
}

const WORDS: Readonly<Record<RequestAct, string>> = {
  hold: 'Held back',
  unhold: 'Let go',
  move: 'Moved',
  withdraw: 'Withdrawn',
  forceGrant: 'Let in next',
  acknowledge: 'Acknowledged',
  forceRelease: 'Released by force',
};

/**
 * What an act on a request was, told afterwards; `line` is the line as it was before. Only acts that end nothing are
 * taken back: a hold, the end of a hold, and a move, which leads back to the neighbour from before.
 */
export function doneAct(
  line: readonly LockRequestView[],
  request: LockRequestView,
  act: RequestAct,
): DoneAct {
  const undo = undoOf(line, request, act);
  return {
    bundle: request.bundleId,
    text: `${WORDS[act]}: ${requestName(request)}.`,
    ...(undo !== undefined && { undo }),
  };
}

function undoOf(
  line: readonly LockRequestView[],
  request: LockRequestView,
  act: RequestAct,
): Undo | undefined {
  switch (act) {
    case 'hold':
      return { act: 'unhold' };
    case 'unhold':
      return { act: 'hold' };
    case 'move':
      return backWhere(line, request);
    case 'withdraw':
    case 'forceGrant':
    case 'acknowledge':
    case 'forceRelease':
      return undefined;
  }
}

/** Unknown for one that stood beyond the part of the line that was read. */
function backWhere(line: readonly LockRequestView[], { bundleId }: LockRequestView): Undo | undefined {
  const at = line.findIndex((one) => one.bundleId === bundleId);
  const [before, after] = [line[at - 1], line[at + 1]];
  if (at < 0) return undefined;
  if (after !== undefined) return { act: 'move', place: { before: after.bundleId } };
  return before === undefined ? undefined : { act: 'move', place: { after: before.bundleId } };
}
