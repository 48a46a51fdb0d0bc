import type { Instant } from '@signalbox/model';
import { badRequest } from '../problem.ts';

/** Reads a time as clients write it: ISO 8601 (Go, Python) or RFC 1123 (node); without a zone it is UTC (REST.md §2.5). */
export function readTime(name: string, text: string | undefined): Instant | undefined {
  if (text === undefined) return undefined;
  // Only the two forms that clients send; Date.parse alone would take much else for a date.
  const known =
    /^\d{4}-\d{2}-\d{2}(T[\d:.]+(Z|[+-]\d{2}:\d{2})?)?$/.test(text) || /^[A-Za-z]{3}, .* GMT$/.test(text);
  // A time without a zone is UTC, as everything on this wire is.
  const zoned = /T[\d:.]+$/.test(text) ? `${text}Z` : text;
  const time = known ? Date.parse(zoned) : Number.NaN;
  if (Number.isNaN(time)) throw badRequest(`"${name}" must be a date, for example 2026-01-31T12:00:00Z.`);
  return time;
}
