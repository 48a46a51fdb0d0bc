import { checksCount, type Of, type State } from './state.ts';

/** The checks of one who waits lapsed, passed again, or count for another time. */
export function changeChecks(s: State, message: Of<'ChecksChanged'>): void {
  const bundle = s.find(message);
  if (bundle?.status !== 'waiting' || bundle.inside) return;
  const { valid, from, until } = message;
  bundle.checks = { valid, ...(from !== undefined && { from }), ...(until !== undefined && { until }) };
}

/** Whoever waits on its checks is out of the turn. */
export function passOver(s: State): void {
  for (const bundle of s.waiting()) if (!checksCount(s, bundle)) bundle.eligible = false;
}
