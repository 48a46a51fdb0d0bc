import type { Instant } from '../ids.ts';
import { freezeProblems, type FreezeCalendar } from '../hours/freeze.ts';
import { nextOpening, type HoursWindow, type OpeningHours } from '../hours/opening.ts';
import { findZone } from '../hours/time-zone.ts';
import { clockText } from '../hours/wall-clock.ts';
import { taskProblems, type TaskSettings } from './task.ts';

/**
 * The settings of business hours (BH-1); several windows and calendars of freezes are ours. The retry interval is kept
 * for tools that send one: openings are computed, so nothing is asked again and again.
 */
export interface BusinessHoursSettings extends TaskSettings {
  readonly kind: 'businessHours';
  /** A Windows zone id or a name of the tz database, as it was given. */
  readonly timeZone: string;
  readonly windows: readonly HoursWindow[];
  /** Calendars of the project, with their dates as they were when they or the check were saved last. */
  readonly freezes: readonly FreezeCalendar[];
}

/** More windows than this are a mistake. */
export const MAX_WINDOWS = 50;

/** More calendars than this at one check are a mistake. */
export const MAX_FREEZE_CALENDARS = 20;

/** When the check is open; undefined: this runtime does not know the zone, so nothing can be said. */
export function openingHours({
  timeZone,
  windows,
  freezes,
}: BusinessHoursSettings): OpeningHours | undefined {
  const zone = findZone(timeZone);
  return zone === undefined ? undefined : { zone, windows, freezes };
}

/** What is wrong with business hours, each in one sentence that says how to mend it; none: they can be saved. */
export function businessHoursProblems(settings: BusinessHoursSettings): readonly string[] {
  const { timeZone, windows, freezes } = settings;
  const problems: string[] = [];
  if (findZone(timeZone) === undefined) {
    problems.push(
      `There is no time zone '${timeZone.slice(0, 60)}'; write a Windows id such as W. Europe Standard Time, or a name such as Europe/Berlin.`,
    );
  }
  if (windows.length === 0 || windows.length > MAX_WINDOWS) {
    problems.push(`Business hours have 1 to ${MAX_WINDOWS} windows; give days, a start and an end.`);
  }
  problems.push(...windows.flatMap(windowProblems));
  if (freezes.length > MAX_FREEZE_CALENDARS) {
    problems.push(`Business hours have at most ${MAX_FREEZE_CALENDARS} calendars; join some of them.`);
  }
  return [...problems, ...freezes.flatMap(freezeProblems), ...taskProblems(settings)];
}

/** The problem of hours that are right one by one, and never open together: their calendars close all of them. */
export function neverOpens(settings: BusinessHoursSettings, now: Instant): string | undefined {
  const hours = openingHours(settings);
  if (hours === undefined || nextOpening(hours, now) !== undefined) return undefined;
  const names = settings.freezes.map(({ name }) => name).join(', ');
  return `The business hours do not open within two years: ${names} close all of their days; take some dates out.`;
}

function windowProblems({ days, start, end }: HoursWindow): readonly string[] {
  if (!isMinute(start, 1439) || !isMinute(end, 1440)) {
    return ['A window begins from 00:00 to 23:59 and ends from 00:00 to 24:00; correct its times.'];
  }
  const text = `${clockText(start)}-${clockText(end)}`;
  if (days.length === 0) return [`The window ${text} has no days, so it never opens; name some.`];
  if (start !== end) return [];
  return [`The window ${text} never opens; for a whole day write 00:00 to 24:00.`];
}

function isMinute(value: number, most: number): boolean {
  return Number.isSafeInteger(value) && value >= 0 && value <= most;
}
