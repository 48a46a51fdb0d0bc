import { dateOf, dayOf, type CalendarDay } from './calendar-day.ts';

/**
 * Days on which business hours stay closed, by a name that checks use. Every day from `from` to `to`, both counted;
 * dates are `2026-12-24`, or `12-24` for every year, where a range may go over the end of the year.
 */
export interface FreezeCalendar {
  readonly name: string;
  readonly dates: readonly FreezeRange[];
}

/** Both ends are of the same form. */
export interface FreezeRange {
  readonly from: string;
  readonly to: string;
}

/** More ranges in one calendar are a mistake. */
export const MAX_FREEZE_RANGES = 500;

/** The longest name of a calendar. */
export const MAX_FREEZE_NAME = 100;

/** Whether the calendar closes the day. */
export function isFrozen({ dates }: Pick<FreezeCalendar, 'dates'>, day: CalendarDay): boolean {
  const date = textOf(day);
  const yearly = date.slice(5);
  return dates.some(({ from, to }) => {
    if (from.length > 5) return from <= date && date <= to;
    return from <= to ? from <= yearly && yearly <= to : from <= yearly || yearly <= to;
  });
}

/** What is wrong with a calendar, each in one sentence that says how to mend it; none: it can be saved. */
export function freezeProblems({ name, dates }: FreezeCalendar): readonly string[] {
  const problems: string[] = [];
  if (!/^[\p{L}\p{N}](?:[\p{L}\p{N} ._-]*[\p{L}\p{N}])?$/u.test(name) || name.length > MAX_FREEZE_NAME) {
    problems.push(
      `The name of a calendar has 1 to ${MAX_FREEZE_NAME} letters, digits, blanks, dots, dashes and underscores; correct it.`,
    );
  }
  if (dates.length > MAX_FREEZE_RANGES) {
    problems.push(`A calendar has at most ${MAX_FREEZE_RANGES} dates and ranges; join some of them.`);
  }
  return [...problems, ...dates.flatMap(rangeProblems)];
}

function rangeProblems({ from, to }: FreezeRange): readonly string[] {
  const bad = [from, to].find((date) => !isDate(date));
  if (bad !== undefined) {
    return [`'${bad.slice(0, 40)}' is no date; write one as 2026-12-24, or as 12-24 for every year.`];
  }
  if (from.length !== to.length) {
    return [`The range ${from} to ${to} mixes a year and every year; write both ends in the same form.`];
  }
  if (from.length > 5 && to < from) {
    return [`The range ${from} to ${to} ends before it begins; exchange its ends.`];
  }
  return [];
}

/** A day that there is; the 29th of February is one of every year. */
function isDate(text: string): boolean {
  const match = /^(?:(\d{4})-)?(\d{2})-(\d{2})$/.exec(text);
  if (match === null) return false;
  const day = dayOf({ year: Number(match[1] ?? '2000'), month: Number(match[2]), day: Number(match[3]) });
  return textOf(day).endsWith(text);
}

function textOf(calendarDay: CalendarDay): string {
  const { year, month, day } = dateOf(calendarDay);
  const two = (part: number): string => String(part).padStart(2, '0');
  return `${String(year).padStart(4, '0')}-${two(month)}-${two(day)}`;
}
