/** A point in time and the zone offset in which it is shown. */
export interface DateTime {
  readonly epochMilliseconds: number;
  readonly offsetMinutes: number;
}

/** A date and time as people write it. */
export interface CivilTime {
  readonly year: number;
  readonly month: number;
  readonly day: number;
  readonly hour: number;
  readonly minute: number;
  readonly second: number;
  readonly millisecond: number;
}

const MINUTE = 60_000;
const DAY = 86_400_000;

/** Years 0001 to 9999, as far as the service's dates reach. */
const EARLIEST = -62_135_596_800_000;
const LATEST = 253_402_300_799_999;

/** The calendar fields of a point in time, in its own zone. */
export function civilTime(value: DateTime): CivilTime {
  const local = clamp(value.epochMilliseconds + value.offsetMinutes * MINUTE);
  const days = Math.floor(local / DAY);
  const inDay = local - days * DAY;
  return {
    ...civilDate(days),
    hour: Math.floor(inDay / 3_600_000),
    minute: Math.floor(inDay / MINUTE) % 60,
    second: Math.floor(inDay / 1000) % 60,
    millisecond: inDay % 1000,
  };
}

/** Reads `yyyy-MM-dd` with an optional time and zone; without a zone it is UTC. Undefined when malformed. */
export function parseDateTime(text: string): DateTime | undefined {
  const match = PATTERN.exec(text);
  if (match === null) return undefined;
  const field = (index: number): number => Number(match[index] ?? '0');
  const [year, month, day, hour, minute, second] = [1, 2, 3, 4, 5, 6].map(field) as SixNumbers;
  const inRange = year >= 1 && month >= 1 && month <= 12 && day >= 1 && day <= daysInMonth(year, month);
  if (!inRange || hour > 23 || minute > 59 || second > 59) return undefined;
  const millisecond = Number((match[7] ?? '').padEnd(3, '0').slice(0, 3));
  const offsetMinutes = (match[8] === '-' ? -1 : 1) * (field(9) * 60 + field(10));
  const local =
    daysFromCivil(year, month, day) * DAY + (hour * 60 + minute) * MINUTE + second * 1000 + millisecond;
  return { epochMilliseconds: local - offsetMinutes * MINUTE, offsetMinutes };
}

const PATTERN =
  /^\s{0,9}(\d{4})-(\d\d)-(\d\d)(?:[T ](\d\d):(\d\d)(?::(\d\d)(?:\.(\d{1,9}))?)?\s?(?:Z|([+-])(\d\d):(\d\d))?)?\s{0,9}$/;

type SixNumbers = [number, number, number, number, number, number];

function clamp(milliseconds: number): number {
  return Math.min(LATEST, Math.max(EARLIEST, Math.floor(milliseconds)));
}

function daysInMonth(year: number, month: number): number {
  if (month === 2) return year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0) ? 29 : 28;
  return [4, 6, 9, 11].includes(month) ? 30 : 31;
}

// The year is taken to start in March, so that the leap day is its last day; 400 years are 146,097 days.
function daysFromCivil(year: number, month: number, day: number): number {
  const shifted = month <= 2 ? year - 1 : year;
  const era = Math.floor(shifted / 400);
  const yearOfEra = shifted - era * 400;
  const dayOfYear = Math.floor((153 * ((month + 9) % 12) + 2) / 5) + day - 1;
  const dayOfEra = yearOfEra * 365 + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100) + dayOfYear;
  return era * 146_097 + dayOfEra - 719_468;
}

function civilDate(days: number): Pick<CivilTime, 'year' | 'month' | 'day'> {
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
