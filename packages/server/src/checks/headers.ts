import { fill } from './fill.ts';
import type { CallParts } from './call.ts';

/** What is sent where nobody says otherwise: all that is needed to call back (HOOK-2). */
const DEFAULT_HEADERS = {
  'Content-Type': 'application/json',
  PlanUrl: '$(system.CollectionUri)',
  ProjectId: '$(system.TeamProjectId)',
  HubName: '$(system.HostType)',
  PlanId: '$(system.PlanId)',
  JobId: '$(system.JobId)',
  TimelineId: '$(system.TimelineId)',
  TaskInstanceId: '$(system.TaskInstanceId)',
  AuthToken: '$(system.AccessToken)',
} as const;

/** Headers as they were written; or what is wrong with them, in one sentence. */
export type WrittenHeaders =
  | { readonly ok: true; readonly headers: Readonly<Record<string, string>> }
  | { readonly ok: false; readonly message: string };

/** Reads the input `headers`: a JSON object of texts. Absent: the default ones. */
export function readHeaders(text: string | undefined): WrittenHeaders {
  if (text === undefined) return { ok: true, headers: DEFAULT_HEADERS };
  const entries = entriesOf(text);
  if (entries === undefined)
    return {
      ok: false,
      message: '"headers" is no JSON object of texts; write { "Content-Type": "application/json" }.',
    };
  for (const [name] of entries) {
    if (!/^[\w!#$%&'*+.^`|~-]+$/.test(name))
      return { ok: false, message: `"headers" names ${name.slice(0, 60)}, which is no header.` };
    if (OURS.includes(name.toLowerCase()))
      return { ok: false, message: `"headers" names ${name}, which the server sets itself; leave it out.` };
  }
  return { ok: true, headers: Object.fromEntries(entries) };
}

/** They say how a message is framed, or to whom it goes. */
const OURS: readonly string[] = [
  'host',
  'content-length',
  'transfer-encoding',
  'connection',
  'keep-alive',
  'upgrade',
  'te',
  'trailer',
  'expect',
  'proxy-authorization',
  'proxy-connection',
];

function entriesOf(text: string): readonly (readonly [string, string])[] | undefined {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return undefined;
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return undefined;
  const entries = Object.entries(value).map(
    ([name, one]) => [name, typeof one === 'string' ? one : JSON.stringify(one)] as const,
  );
  return entries.some(([name]) => name === '__proto__') ? undefined : entries;
}

/** Puts the values of variables in. What a header cannot carry, such as a line break, becomes a space. */
export function fillHeaders(
  headers: Readonly<Record<string, string>>,
  lookup: CallParts['lookup'],
): Readonly<Record<string, string>> {
  return Object.fromEntries(
    Object.entries(headers).map(([name, text]) => [
      name.toLowerCase(),
      fill(text, 'text', lookup)
        .replaceAll(/[^\t\x20-\x7e\x80-\xff]+/g, ' ')
        .trim(),
    ]),
  );
}
