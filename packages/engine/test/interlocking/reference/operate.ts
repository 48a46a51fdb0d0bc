import type { InterlockingMessage } from '@signalbox/engine';
import { orderOf } from './order.ts';
import type { Asked, Of, State } from './state.ts';

/** An operator acts upon one who waits or holds. */
export function operate(
  s: State,
  message: Extract<InterlockingMessage, { bundle: number; by: string }>,
): void {
  const bundle = s.bundles.find(({ id }) => id === message.bundle);
  if (bundle === undefined) return;
  if (message.type === 'WithdrawRequest') {
    if (['waiting', 'awaiting'].includes(bundle.status)) bundle.status = 'canceled';
    return;
  }
  if (message.type === 'AcknowledgeFailure' && bundle.status === 'holding') {
    bundle.status = bundle.kept ?? bundle.status;
  }
  if (message.type === 'ForceRelease') forceRelease(s, bundle.inside?.span ?? bundle);
  if (bundle.status !== 'waiting' || bundle.inside) return;
  if (message.type === 'HoldRequest') Object.assign(bundle, { held: true, eligible: false });
  if (message.type === 'UnholdRequest') delete bundle.held;
  if (message.type === 'ForceGrant') {
    delete bundle.held;
    Object.assign(bundle, { forced: true, eligible: true, place: 0 });
  }
  if (message.type === 'MoveRequest') move(s, bundle, message.place);
}

/** Only of those who are not at work; of a span, nobody of those inside may be. */
function forceRelease(s: State, bundle: Asked): void {
  if (bundle.status !== 'holding' || bundle.kept) return;
  const members = s.bundles.filter(({ inside }) => inside?.span === bundle);
  const atIt = [bundle, ...members].filter(({ status, span }) => status === 'holding' && !span?.left);
  if (atIt.length === 0 || !atIt.every(({ idle }) => idle)) return;
  for (const one of [bundle, ...members]) {
    if (one.status === 'waiting') one.status = 'canceled';
    if (one.status === 'holding') one.status = 'abandoned';
  }
}

function move(s: State, bundle: Asked, { side, of }: Of<'MoveRequest'>['place']): void {
  const other = s.bundles.find(({ id }) => id === of);
  if (other?.status !== 'waiting' || other.inside || other === bundle || other.forced || bundle.forced)
    return;
  if (!other.locks.some((lock) => bundle.locks.includes(lock))) return;
  const at = orderOf(other);
  const place = side === 'before' ? at - Number(bundle.id > of) : at + Number(bundle.id < of);
  if (place !== orderOf(bundle)) bundle.place = place;
}
