import type { OpeningHours } from '@signalbox/model';

const MINUTE = 60_000;
const DAY = 1440;

/** Two days before and after, so that windows across the ends are whole. */
const AROUND = 2 * DAY;

interface Span {
  readonly from: number;
  readonly to: number;
}

/**
 * What a person with a clock of the zone, a calendar and a year of patience finds out: every minute is looked at, and
 * nothing is computed. A time of a day has come at the first minute at which the clock has shown it or a later one.
 */
export class Reference {
  /** Minutes that the clock shows, counted from 1970-01-01 00:00 of its own, by minute of the span. */
  readonly #shown: readonly number[];
  readonly #length: number;
  /** The first minute of the span, counted from `AROUND` before it, at which the clock has shown a time or more. */
  readonly #first: Int32Array;
  readonly #days: readonly number[];

  constructor(zone: string, { from, to }: Span) {
    this.#length = (to - from) / MINUTE;
    const clock = new Intl.DateTimeFormat('sv-SE', {
      timeZone: zone,
      dateStyle: 'short',
      timeStyle: 'medium',
    });
    const shown: number[] = [];
    for (let minute = -AROUND; minute < this.#length + AROUND; minute += 1) {
      // Clocks are changed at quarters of an hour of UTC; between them they go on.
      const onQuarter = minute % 15 === 0;
      shown.push(onQuarter ? readClock(clock, from + minute * MINUTE) : shown.at(-1)! + 1);
    }
    this.#shown = shown;
    this.#first = firstMinutes(shown);
    this.#days = [...new Set(shown.map((one) => Math.floor(one / DAY)))];
  }

  /** The minutes of the span at which the clock does not show one minute more than before. */
  changes(): readonly number[] {
    return this.#shown.flatMap((shown, index) => {
      const minute = index - AROUND;
      const steady = index === 0 || shown === this.#shown[index - 1]! + 1;
      return steady || minute < AROUND || minute > this.#length - AROUND ? [] : [minute];
    });
  }

  /** 1 for each minute of the span that is open, else 0. */
  openMinutes({ windows, freezes }: OpeningHours): Uint8Array {
    const open = new Uint8Array(this.#shown.length);
    const first = (shown: number): number => {
      const place = shown - this.#shown[0]!;
      return place < 0 ? 0 : (this.#first[place] ?? open.length);
    };
    for (const day of this.#days) {
      const name = weekday.format(day * DAY * MINUTE);
      for (const { start, end } of windows.filter((window) =>
        (window.days as readonly string[]).includes(name),
      )) {
        open.fill(1, first(day * DAY + start), first((end < start ? day + 1 : day) * DAY + end));
      }
    }
    for (const day of this.#days.filter((one) => this.#isFrozen(one, freezes))) {
      open.fill(0, first(day * DAY), first((day + 1) * DAY));
    }
    return open.subarray(AROUND, AROUND + this.#length);
  }

  #isFrozen(day: number, freezes: OpeningHours['freezes']): boolean {
    const iso = new Date(day * DAY * MINUTE).toISOString().slice(0, 10);
    return freezes.some(({ dates }) =>
      dates.some(({ from, to }) => {
        // One day after the other from the first to the last, as a finger goes over a calendar.
        const yearly = from.length === 5;
        const wanted = yearly ? iso.slice(5) : iso;
        let at = new Date(yearly ? `2028-${from}` : from);
        for (let step = 0; step < 400; step += 1) {
          const text = at.toISOString().slice(yearly ? 5 : 0, 10);
          if (text === wanted) return true;
          if (text === to) return false;
          at = new Date(at.getTime() + DAY * MINUTE);
        }
        return false;
      }),
    );
  }
}

const weekday = new Intl.DateTimeFormat('en', { weekday: 'long', timeZone: 'UTC' });

function readClock(clock: Intl.DateTimeFormat, at: number): number {
  // Swedes write 2026-11-23 08:00:00.
  return Date.parse(`${clock.format(at).replace(' ', 'T')}Z`) / MINUTE;
}

function firstMinutes(shown: readonly number[]): Int32Array {
  const start = shown[0]!;
  const first = new Int32Array(Math.max(...shown.slice(-AROUND)) - start + 1);
  let latest = start - 1;
  shown.forEach((one, index) => {
    for (; latest < one; latest += 1) first[latest + 1 - start] = index;
  });
  return first;
}
