import type { FreezeView, LockRequestView, OperatorMarkView } from '@signalbox/api';
import type { BundleRow, LockRow } from '@signalbox/engine';
import { wireTime } from '../shape/common.ts';

/** The freeze of a lock on the wire, if there is one. */
export function freezeView({ freeze }: LockRow): { readonly freeze?: FreezeView } {
  if (freeze === undefined) return {};
  const { since, until, ...rest } = freeze;
  return {
    freeze: { ...rest, since: wireTime(since), ...(until !== undefined && { until: wireTime(until) }) },
  };
}

/** What operators did to a bundle, and the state of a holder that is not at work. */
export function marksView(
  bundle: BundleRow,
): Pick<LockRequestView, 'hold' | 'moved' | 'forced' | 'withdrawn' | 'holder'> {
  const { hold, moved, forced, withdrawn, holder } = bundle;
  return {
    ...(hold !== undefined && { hold: markView(hold) }),
    ...(moved !== undefined && { moved: markView(moved) }),
    ...(forced !== undefined && { forced: markView(forced) }),
    ...(withdrawn !== undefined && { withdrawn: markView(withdrawn) }),
    ...(holder !== undefined && bundle.status === 'inUse' && { holder: holderView(holder) }),
  };
}

function markView({ at, by, reason }: NonNullable<BundleRow['hold']>): OperatorMarkView {
  return { at: wireTime(at), by, reason };
}

function holderView({
  state,
  since,
  until,
  approvers,
}: NonNullable<BundleRow['holder']>): NonNullable<LockRequestView['holder']> {
  return {
    state,
    since: wireTime(since),
    ...(until !== undefined && { until: wireTime(until) }),
    ...(approvers !== undefined && { approvers }),
  };
}
