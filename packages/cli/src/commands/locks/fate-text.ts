import type { FateView } from '@signalbox/api';
import { span } from '../../output/age.ts';

/** The two fates of a waiter. */
export interface Fates {
  readonly p50: FateView;
  readonly p90: FateView;
}

/** When a waiter starts, as people say it: `starts in 3m 0s to 12m 0s`, or why nobody can say. */
export function startText({ p50, p90 }: Fates, now: number): string {
  if (p50.kind === 'starts' && p90.kind === 'starts') return rangeText(p50.at, p90.at, now);
  if (p50.kind === p90.kind) return fateText(p50, now);
  return `${fateText(p50, now)}; if holds are long: ${fateText(p90, now)}`;
}

/** A range of times from now on; the later one may be the first. */
export function rangeText(one: string, other: string, now: number): string {
  const [from = 0, to = 0] = [Date.parse(one), Date.parse(other)].toSorted((a, b) => a - b);
  if (to <= now) return 'may start at any moment';
  const range = from === to ? span(to - now) : `${span(from - now)} to ${span(to - now)}`;
  return `starts in ${range}`;
}

function fateText(fate: FateView, now: number): string {
  switch (fate.kind) {
    case 'starts':
      return `starts in ${span(Date.parse(fate.at) - now)}`;
    case 'timesOut':
      return `gives up in ${span(Date.parse(fate.at) - now)}`;
    case 'ends':
      return `ends in ${span(Date.parse(fate.at) - now)}`;
    case 'superseded':
      return `is superseded by run ${fate.byRunId} in ${span(Date.parse(fate.at) - now)}`;
    case 'unknown':
      return `start unknown: ${fate.because.join(' ') || 'nothing is known of those ahead.'}`;
  }
}
