import type { LogInfo, LogKey, Store } from '@signalbox/store';
import { LOG_PAGE_LINES } from '../../limits.ts';

/** Lines of a log, both ends included, counted from 1. */
export interface LogRange {
  readonly start: number;
  readonly end: number;
}

/** The part of a log that there is of what somebody asked for. */
export function rangeOf(
  { lineCount }: LogInfo,
  start: number | undefined,
  end: number | undefined,
): LogRange {
  return { start: Math.max(1, start ?? 1), end: Math.min(lineCount, Math.max(0, end ?? lineCount)) };
}

/** The lines of a log page by page, so that a log of gigabytes needs the memory of one page. */
export async function* logPages(
  store: Pick<Store, 'logs'>,
  key: LogKey,
  { start, end }: LogRange,
): AsyncGenerator<readonly string[]> {
  for (let first = start; first <= end; first += LOG_PAGE_LINES) {
    const last = Math.min(end, first + LOG_PAGE_LINES - 1);
    yield await store.logs.lines(key, { start: first, end: last });
  }
}

/** The same as text, each line with its end. */
export async function* logText(
  store: Pick<Store, 'logs'>,
  key: LogKey,
  range: LogRange,
): AsyncGenerator<string> {
  for await (const lines of logPages(store, key, range)) yield lines.map((line) => `${line}\n`).join('');
}

/** The same as `{count, value: [lines]}`. */
export async function* logJson(
  store: Pick<Store, 'logs'>,
  key: LogKey,
  range: LogRange,
): AsyncGenerator<string> {
  yield `{"count":${Math.max(0, range.end - range.start + 1)},"value":[`;
  let separator = '';
  for await (const lines of logPages(store, key, range)) {
    if (lines.length === 0) continue;
    yield separator + lines.map((line) => JSON.stringify(line)).join(',');
    separator = ',';
  }
  yield ']}';
}
