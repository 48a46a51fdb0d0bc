import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  closing,
  dateOf,
  dayOf,
  nextOpening,
  WEEKDAYS,
  weekdayOf,
  type OpeningHours,
} from '@signalbox/model';
import { Reference } from './reference.ts';

const MINUTE = 60_000;
const YEAR = { from: Date.UTC(2026, 0, 1), to: Date.UTC(2027, 0, 1) };

/** Berlin, New York; Lord Howe changes by half an hour, Chatham by 45 minutes past, Havana at midnight. */
const ZONES = [
  'Europe/Berlin',
  'America/New_York',
  'Australia/Lord_Howe',
  'Pacific/Chatham',
  'America/Havana',
];

const references = new Map(ZONES.map((zone) => [zone, new Reference(zone, YEAR)] as const));

const windows = fc.array(
  fc
    .record({
      days: fc.uniqueArray(fc.constantFrom(...WEEKDAYS), { minLength: 1 }),
      // Changes of clocks are at night, so half of the times are.
      start: fc.oneof(fc.integer({ min: 0, max: 240 }), fc.integer({ min: 0, max: 1439 })),
      end: fc.oneof(fc.integer({ min: 0, max: 240 }), fc.integer({ min: 0, max: 1440 })),
    })
    .filter(({ start, end }) => start !== end),
  { minLength: 1, maxLength: 3 },
);

const two = (part: number): string => String(part).padStart(2, '0');
const date = fc
  .integer({ min: 0, max: 364 })
  .map((offset) => dateOf(dayOf({ year: 2026, month: 1, day: 1 }) + offset));
const range = fc.tuple(date, fc.nat({ max: 6 }), fc.boolean()).map(([from, length, yearly]) => {
  const text = (of: { year: number; month: number; day: number }): string =>
    `${yearly ? '' : `${of.year}-`}${two(of.month)}-${two(of.day)}`;
  return { from: text(from), to: text(dateOf(dayOf(from) + length)) };
});
const freezes = fc.array(
  fc.record({ name: fc.constant('quiet'), dates: fc.array(range, { maxLength: 4 }) }),
  {
    maxLength: 2,
  },
);

/** Half of the instants lie within two days of a change of clocks. */
const place = fc.oneof(
  fc.record({ near: fc.constant(false), at: fc.integer({ min: 0, max: 365 * 1440 - 1 }) }),
  fc.record({ near: fc.constant(true), at: fc.integer({ min: -2880, max: 2880 }) }),
);

describe('opening hours', () => {
  it('open and close as a clock says that is read every minute of a year', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...ZONES),
        windows,
        freezes,
        place,
        fc.nat(),
        (zone, some, quiet, where, pick) => {
          const reference = references.get(zone)!;
          const hours: OpeningHours = { zone, windows: some, freezes: quiet };
          const open = reference.openMinutes(hours);
          const changes = reference.changes();
          const minute = where.near ? changes[pick % changes.length]! + where.at : where.at;
          const at = YEAR.from + minute * MINUTE;
          const expectedOpen = open.indexOf(1, minute);
          if (expectedOpen !== -1) expect(nextOpening(hours, at)).toBe(YEAR.from + expectedOpen * MINUTE);
          const expectedClose = open.indexOf(0, minute);
          // Nobody looks further ahead than a month.
          const isNear = expectedClose !== -1 && expectedClose - minute < 30 * 1440;
          if (isNear) expect(closing(hours, at)).toBe(YEAR.from + expectedClose * MINUTE);
        },
      ),
      { numRuns: 60 },
    );
  }, 120_000);

  it('look at instants inside a minute', () => {
    const hours: OpeningHours = {
      zone: 'Europe/Berlin',
      windows: [{ days: WEEKDAYS, start: 480, end: 1020 }],
      freezes: [],
    };
    const eight = Date.UTC(2026, 10, 23, 7);
    expect(nextOpening(hours, eight - 1)).toBe(eight);
    expect(nextOpening(hours, eight + 1)).toBe(eight + 1);
    expect(closing(hours, eight + 1)).toBe(eight + 9 * 3_600_000);
    expect(closing(hours, eight - 1)).toBe(eight - 1);
  });

  it('stay open for a month to look ahead where days follow without a gap; never open where every day is frozen', () => {
    const always: OpeningHours = {
      zone: 'Europe/Berlin',
      windows: [{ days: WEEKDAYS, start: 0, end: 1440 }],
      freezes: [],
    };
    expect(closing(always, YEAR.from)).toBe(Date.UTC(2026, 0, 31, 23));
    const never = { ...always, freezes: [{ name: 'all', dates: [{ from: '01-01', to: '12-31' }] }] };
    expect(nextOpening(never, YEAR.from)).toBeUndefined();
  });

  it('know a day that a zone left out', () => {
    // Samoa had no 30 December 2011.
    const hours: OpeningHours = {
      zone: 'Pacific/Apia',
      windows: [{ days: ['Friday'], start: 480, end: 1020 }],
      freezes: [],
    };
    expect(nextOpening(hours, Date.UTC(2011, 11, 29, 12))).toBe(Date.UTC(2012, 0, 5, 18));
  });
});

describe('days of the calendar', () => {
  it('are those of the runtime, there and back', () => {
    fc.assert(
      fc.property(fc.integer({ min: -800_000, max: 800_000 }), (day) => {
        const known = new Date(day * 86_400_000);
        const expected = {
          year: known.getUTCFullYear(),
          month: known.getUTCMonth() + 1,
          day: known.getUTCDate(),
        };
        expect(dateOf(day)).toEqual(expected);
        expect(dayOf(expected)).toBe(day);
        expect(weekdayOf(day)).toBe(WEEKDAYS[known.getUTCDay()]);
      }),
    );
  });
});
