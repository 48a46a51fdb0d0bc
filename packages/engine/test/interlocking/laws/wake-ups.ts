import { createInterlocking, type BundleRow, type WholeInterlocking } from '@signalbox/engine';
import type { Blocker } from '@signalbox/model';
import { PROJECT } from '../project.ts';
import { isWaiting } from './view.ts';

/** LAW-2: whoever waits has a reason. LAW-14: following the reasons ends somewhere. */
export function lostWakeUps(rows: WholeInterlocking, now: number): readonly string[] {
  const waiting = [...rows.bundles.values()].filter(isWaiting);
  const everything = createInterlocking(PROJECT, rows);
  const reasons = new Map<number, readonly Blocker[]>();
  const broken: string[] = [];
  for (const bundle of waiting) {
    const { id } = bundle;
    const answer = everything.blockersOf(id, now);
    if (answer.kind === 'needs') broken.push(`the whole interlocking lacks ${JSON.stringify(answer.needs)}`);
    else reasons.set(id, answer.value);
    if (answer.kind === 'value' && answer.value.length === 0 && !isAlarmDue(bundle, now)) {
      broken.push(`LAW-2: bundle ${id} waits for nothing`);
    }
  }
  for (const id of circles(reasons, reasons.keys())) broken.push(`LAW-14: bundle ${id} waits for itself`);
  return broken;
}

/**
 * Whether mail is on its way that ends its waiting: its time is over, or its checks count by now. That this mail
 * comes is for the reference to find out, whose timers are punctual.
 */
export function isAlarmDue({ expiresAt, inside, status }: BundleRow, now: number): boolean {
  return inside === undefined && (expiresAt <= now || status === 'waitingOnChecks');
}

/** Whoever waits for somebody who waits for them, found from some of those who wait. */
export function circles(
  reasons: ReadonlyMap<number, readonly Blocker[]>,
  from: Iterable<number>,
): readonly number[] {
  const found: number[] = [];
  const done = new Map<number, boolean>();
  const visit = (id: number): void => {
    const state = done.get(id);
    if (state === false) found.push(id);
    if (state !== undefined) return;
    done.set(id, false);
    for (const blocker of reasons.get(id) ?? []) {
      if (blocker.kind !== 'behind' && blocker.kind !== 'olderRunExpected') continue;
      for (const { bundle } of blocker.by) visit(bundle);
    }
    done.set(id, true);
  };
  for (const id of from) visit(id);
  return found;
}
