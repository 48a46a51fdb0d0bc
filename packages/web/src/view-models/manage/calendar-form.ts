import type { FreezeCalendar, FreezeRange } from '@signalbox/model';

/** What a text of dates says, or which line it does not understand. */
export type ReadDates =
  | { readonly kind: 'dates'; readonly dates: readonly FreezeRange[] }
  | { readonly kind: 'problem'; readonly text: string };

const DATE = /^(?:\d{4}-)?\d{2}-\d{2}$/;

/**
 * Reads dates, one to a line: `2026-12-24`, `12-24` for every year, or `12-24 to 01-02`. Whether a day is there in the
 * calendar, the server says.
 */
export function readDates(text: string): ReadDates {
  const dates: FreezeRange[] = [];
  for (const line of text.split('\n').map((one) => one.trim())) {
    if (line === '') continue;
    const [from = '', to = from] = line.split(/\s+(?:to|–|-)\s+/);
    if (!DATE.test(from) || !DATE.test(to)) {
      const problem = `“${line.slice(0, 40)}” is no date. Write 2026-12-24, 12-24 for every year, or 12-24 to 01-02.`;
      return { kind: 'problem', text: problem };
    }
    dates.push({ from, to });
  }
  return { kind: 'dates', dates };
}

/** The dates of a calendar, one to a line, as `readDates` takes them. */
export function writeDates({ dates }: Pick<FreezeCalendar, 'dates'>): string {
  return dates.map(({ from, to }) => (from === to ? from : `${from} to ${to}`)).join('\n');
}
