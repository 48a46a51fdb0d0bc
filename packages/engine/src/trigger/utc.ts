import type { Instant } from '@signalbox/model';

/** The calendar fields of an instant in UTC. */
export interface UtcTime {
  readonly year: number;
  readonly month: number;
  readonly day: number;
  /** 1 on the first of January. */
  readonly dayOfYear: number;
  /** 0 on Sundays. */
  readonly weekday: number;
  readonly hour: number;
  readonly minute: number;
  readonly second: number;
  readonly millisecond: number;
}

const DAY = 86_400_000;
const MONTHS = 'January February March April May June July August September October November December'.split(
  ' ',
);
const WEEKDAYS = 'Sunday Monday Tuesday Wednesday Thursday Friday Saturday'.split(' ');

/** Reads an instant as UTC, by integer arithmetic alone. */
export function utcTime(instant: Instant): UtcTime {
  const days = Math.floor(instant / DAY);
  const inDay = Math.floor(instant - days * DAY);
  const { year, month, day } = civilDate(days);
  return {
    year,
    month,
    day,
    dayOfYear: days - daysBefore(year) + 1,
    weekday: (((days + 4) % 7) + 7) % 7,
    hour: Math.floor(inDay / 3_600_000),
    minute: Math.floor(inDay / 60_000) % 60,
    second: Math.floor(inDay / 1000) % 60,
    millisecond: inDay % 1000,
  };
}

/** An instant in the given format (RNAME-2, RNAME-3): .NET's letters; everything else stays as it is. */
export function formatUtc(instant: Instant, format: string): string {
  const time = utcTime(instant);
  return format.replaceAll(
    /'([^']*)'|\\(.)|([A-Za-z])\3*/g,
    (all: string, quoted?: string, escaped?: string) =>
      quoted ?? escaped ?? FIELDS.get(all)?.(time) ?? fraction(all, time) ?? all,
  );
}

const FIELDS: ReadonlyMap<string, (time: UtcTime) => string> = new Map([
  ['yyyy', ({ year }) => pad(year, 4)],
  ['yy', ({ year }) => pad(year % 100, 2)],
  ['MMMM', ({ month }) => MONTHS[month - 1] ?? ''],
  ['MMM', ({ month }) => (MONTHS[month - 1] ?? '').slice(0, 3)],
  ['MM', ({ month }) => pad(month, 2)],
  ['M', ({ month }) => String(month)],
  ['dddd', ({ weekday }) => WEEKDAYS[weekday] ?? ''],
  ['ddd', ({ weekday }) => (WEEKDAYS[weekday] ?? '').slice(0, 3)],
  ['dd', ({ day }) => pad(day, 2)],
  ['d', ({ day }) => String(day)],
  ['HH', ({ hour }) => pad(hour, 2)],
  ['H', ({ hour }) => String(hour)],
  ['hh', ({ hour }) => pad(hour % 12 || 12, 2)],
  ['h', ({ hour }) => String(hour % 12 || 12)],
  ['mm', ({ minute }) => pad(minute, 2)],
  ['m', ({ minute }) => String(minute)],
  ['ss', ({ second }) => pad(second, 2)],
  ['s', ({ second }) => String(second)],
  ['tt', ({ hour }) => (hour < 12 ? 'AM' : 'PM')],
]);

function fraction(letters: string, { millisecond }: UtcTime): string | undefined {
  return /^f{1,7}$/.test(letters) ? pad(millisecond, 3).padEnd(7, '0').slice(0, letters.length) : undefined;
}

function pad(value: number, width: number): string {
  return String(value).padStart(width, '0');
}

/**
 * The date of a day counted from 1970-01-01. Years are taken to start in March, so that the leap day is the
 * last of its year; 400 of them are 146,097 days.
 */
function civilDate(days: number): { readonly year: number; readonly month: number; readonly day: number } {
  const shifted = days + 719_468;
  const era = Math.floor(shifted / 146_097);
  const dayOfEra = shifted - era * 146_097;
  const leapDays =
    Math.floor(dayOfEra / 1460) - Math.floor(dayOfEra / 36_524) + Math.floor(dayOfEra / 146_096);
  const yearOfEra = Math.floor((dayOfEra - leapDays) / 365);
  const dayOfYear = dayOfEra - (365 * yearOfEra + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100));
  const marchMonth = Math.floor((5 * dayOfYear + 2) / 153);
  const month = marchMonth < 10 ? marchMonth + 3 : marchMonth - 9;
  const day = dayOfYear - Math.floor((153 * marchMonth + 2) / 5) + 1;
  return { year: era * 400 + yearOfEra + (month <= 2 ? 1 : 0), month, day };
}

/** Days from 1970-01-01 to the first of January of a year. */
function daysBefore(year: number): number {
  const last = year - 1;
  return last * 365 + Math.floor(last / 4) - Math.floor(last / 100) + Math.floor(last / 400) - 719_162;
}
