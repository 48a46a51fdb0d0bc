import type { BundleRow, InterlockingMessage, WholeInterlocking } from '@signalbox/engine';
import { oneOf, type Choice, type Scene } from './scene.ts';

type Made = InterlockingMessage | undefined;

/** Who operates, and why. */
export const ANN = { by: 'ann', reason: 'because' } as const;

/** An operator keeps somebody from their turn. */
export function holdRequest(_: Scene, choice: Choice, rows: WholeInterlocking): Made {
  return act('HoldRequest', oneOf(waiters(rows, choice), choice.pick));
}

/** An operator lets somebody go who was kept. */
export function unholdRequest(_: Scene, { pick }: Choice, rows: WholeInterlocking): Made {
  const held = [...rows.bundles.values()].filter(({ hold }) => hold !== undefined);
  return act('UnholdRequest', oneOf(held, pick));
}

/** An operator lets somebody come before everybody else. */
export function forceGrant(_: Scene, choice: Choice, rows: WholeInterlocking): Made {
  return act('ForceGrant', oneOf(waiters(rows, choice), choice.pick));
}

/** An operator ends somebody's waiting. */
export function withdrawByHand(_: Scene, choice: Choice, rows: WholeInterlocking): Made {
  return act('WithdrawRequest', oneOf(waiters(rows, choice), choice.pick));
}

/** An operator gives somebody a place beside another one; beside themselves if there is none. */
export function moveRequest(_: Scene, choice: Choice, rows: WholeInterlocking): Made {
  const { pick, vary } = choice;
  const some = waiters(rows, choice);
  const found = oneOf(some, pick);
  if (found === undefined) return undefined;
  const bundle = found.id;
  const beside = some.filter(({ id, requests }) =>
    requests.some(({ lock }) => id !== bundle && found.requests.some((own) => own.lock === lock)),
  );
  const of = oneOf(beside, vary)?.id ?? bundle;
  return { type: 'MoveRequest', bundle, ...ANN, place: { side: vary % 2 === 0 ? 'before' : 'after', of } };
}

/** Those who wait; now and then also those who do not. */
function waiters(rows: WholeInterlocking, { vary }: Choice): readonly BundleRow[] {
  return [...rows.bundles.values()].filter(({ status }) => status === 'queued' || vary % 9 === 0);
}

function act(
  type: 'HoldRequest' | 'UnholdRequest' | 'ForceGrant' | 'WithdrawRequest',
  bundle: BundleRow | undefined,
): Made {
  return bundle === undefined ? undefined : { type, bundle: bundle.id, ...ANN };
}
