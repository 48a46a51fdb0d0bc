import {
  closing,
  nextOpening,
  openingHours,
  zonedText,
  type BusinessHoursSettings,
  type Instant,
} from '@signalbox/model';
import type { CheckKind } from './kind.ts';

/** How business hours stand. */
export interface BusinessHoursProgress {
  readonly kind: 'businessHours';
  /** A name of the tz database; absent: this runtime does not know the zone, so the hours never open. */
  readonly zone?: string;
  /** Open, until then (BH-3). */
  readonly openUntil?: Instant;
  /** Closed, until then; with neither of the two they do not open within two years. */
  readonly opensAt?: Instant;
}

/**
 * Business hours (BH-1 … 5): passes at once inside a window, and at the start of the next one outside; the pass counts
 * until the window ends. Nobody is asked: each opening is computed, so the retry interval means nothing.
 */
export const businessHours: CheckKind<BusinessHoursSettings, BusinessHoursProgress, never> = {
  name: ({ displayName }) => (displayName === '' ? 'Business hours' : displayName),
  awaitsPerson: false,
  operations: ['bypass'],
  category: () => 'dynamic',
  start: progressAt,
  pass: ({ settings, progress }, now) => (stands(progress, now) ? progress : progressAt(settings, now)),
  verdict: ({ progress: { openUntil } }) =>
    openUntil === undefined ? 'running' : { approvedUntil: openUntil },
  wakeAt: ({ progress: { opensAt } }) => opensAt,
  close: (progress) => progress,
  onRejected: 'failed',
  onTimeOut: 'skipped',
  why: closedText,
};

function stands({ openUntil, opensAt }: BusinessHoursProgress, now: Instant): boolean {
  return (openUntil ?? opensAt ?? -Infinity) > now;
}

function progressAt(settings: BusinessHoursSettings, now: Instant): BusinessHoursProgress {
  const hours = openingHours(settings);
  if (hours === undefined) return { kind: 'businessHours' };
  const progress = { kind: 'businessHours', zone: hours.zone } as const;
  const opensAt = nextOpening(hours, now);
  if (opensAt === undefined) return progress;
  return opensAt > now ? { ...progress, opensAt } : { ...progress, openUntil: closing(hours, now) };
}

function closedText({ zone, openUntil, opensAt }: BusinessHoursProgress): string {
  if (zone === undefined) return 'this server does not know the time zone of the business hours any more';
  if (openUntil !== undefined) return `inside business hours until ${zonedText(zone, openUntil)}`;
  if (opensAt === undefined) return 'outside business hours, which do not open within two years';
  return `outside business hours until ${zonedText(zone, opensAt)}`;
}
