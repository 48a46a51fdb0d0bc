import { fold } from '../ids.ts';
import { WEEKDAYS, type Weekday } from './calendar-day.ts';
import type { HoursWindow } from './opening.ts';
import { clockText } from './wall-clock.ts';

/** What a text means, or in one sentence why it means nothing. */
export type Read<T> = { readonly value: T } | { readonly problem: string };

/** Reads `Monday, Wednesday-Friday`: English names or their first three letters, separated by commas (BH-1). */
export function readDays(text: string): Read<readonly Weekday[]> {
  const days = new Set<Weekday>();
  for (const part of text.split(',').filter((one) => one.trim() !== '')) {
    const [from, to = from, ...rest] = part.split('-').map(dayNamed);
    if (from === undefined || to === undefined || rest.length > 0) {
      const problem = `'${part.trim().slice(0, 40)}' is no day; write names such as Monday, Tuesday or Monday-Friday.`;
      return { problem };
    }
    for (let at = from; ; at = (at + 1) % 7) {
      days.add(WEEKDAYS[at] ?? 'Sunday');
      if (at === to) break;
    }
  }
  return { value: WEEKDAYS.filter((day) => days.has(day)) };
}

function dayNamed(text: string): number | undefined {
  const name = fold(text.trim());
  const found = WEEKDAYS.findIndex((day) => fold(day) === name || fold(day.slice(0, 3)) === name);
  return found === -1 ? undefined : found;
}

/** Reads `08:00`, as minutes after midnight; 24:00 is the end of a day. */
export function readClock(text: string): Read<number> {
  const match = /^\s*(\d{1,2}):(\d{2})\s*$/.exec(text);
  const minute = match === null ? -1 : Number(match[1]) * 60 + Number(match[2]);
  if (match !== null && Number(match[2]) < 60 && minute <= 1440) return { value: minute };
  return { problem: `'${text.trim().slice(0, 40)}' is no time of the day; write it as 08:00.` };
}

/** Reads windows: days and times, several lists of them separated by semicolons; `windowsText` writes them. */
export function readWindows(text: string): Read<readonly HoursWindow[]> {
  const windows: HoursWindow[] = [];
  for (const part of text.split(';').filter((one) => one.trim() !== '')) {
    const match = /^([^\d]*?)[\s,]*(\d.*)$/.exec(part.trim());
    if (match === null) return wrong(part);
    const days = readDays(match[1] ?? '');
    if ('problem' in days) return days;
    for (const span of (match[2] ?? '').split(',')) {
      const [start, end, ...rest] = span.split('-').map(readClock);
      if (start === undefined || end === undefined || rest.length > 0) return wrong(part);
      if ('problem' in start) return start;
      if ('problem' in end) return end;
      windows.push({ days: days.value, start: start.value, end: end.value });
    }
  }
  return { value: windows };
}

function wrong(part: string): { readonly problem: string } {
  const text = part.trim().slice(0, 60);
  return {
    problem: `'${text}' is no window; write days and times such as Monday-Friday 08:00-12:00, 13:00-17:00.`,
  };
}

/** Writes windows as `Monday, Tuesday 08:00-12:00, 13:00-17:00; Friday 08:00-12:00`. */
export function windowsText(windows: readonly HoursWindow[]): string {
  const lists: { readonly days: string; readonly times: string[] }[] = [];
  for (const { days, start, end } of windows) {
    const named = daysText(days);
    const last = lists.at(-1);
    const time = `${clockText(start)}-${clockText(end)}`;
    if (last?.days === named) last.times.push(time);
    else lists.push({ days: named, times: [time] });
  }
  return lists.map(({ days, times }) => `${days} ${times.join(', ')}`).join('; ');
}

/** Writes days as Azure does: `Monday, Tuesday`. */
export function daysText(days: readonly Weekday[]): string {
  return days.join(', ');
}
