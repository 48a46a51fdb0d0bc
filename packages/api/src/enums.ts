import type { NodeResult } from '@signalbox/model';

/** A word list of the published API: every word with the number that some clients send instead (REST.md §2.6). */
export type EnumTable<W extends string> = Readonly<Record<W, number>>;

/** Build.status; a flags value in queries: 37 is inProgress, cancelling and notStarted. */
export const BUILD_STATUS: EnumTable<
  'none' | 'inProgress' | 'completed' | 'cancelling' | 'postponed' | 'notStarted' | 'all'
> = { none: 0, inProgress: 1, completed: 2, cancelling: 4, postponed: 8, notStarted: 32, all: 47 };

/** Build.result; a flags value in queries. */
export const BUILD_RESULT: EnumTable<'none' | 'succeeded' | 'partiallySucceeded' | 'failed' | 'canceled'> = {
  none: 0,
  succeeded: 2,
  partiallySucceeded: 4,
  failed: 8,
  canceled: 32,
};

/** Build.reason; a flags value in queries. */
export const BUILD_REASON: EnumTable<
  | 'none'
  | 'manual'
  | 'individualCI'
  | 'batchedCI'
  | 'schedule'
  | 'scheduleForced'
  | 'userCreated'
  | 'validateShelveset'
  | 'checkInShelveset'
  | 'pullRequest'
  | 'buildCompletion'
  | 'resourceTrigger'
  | 'triggered'
  | 'all'
> = {
  none: 0,
  manual: 1,
  individualCI: 2,
  batchedCI: 4,
  schedule: 8,
  scheduleForced: 16,
  userCreated: 32,
  validateShelveset: 64,
  checkInShelveset: 128,
  pullRequest: 256,
  buildCompletion: 512,
  resourceTrigger: 1024,
  triggered: 1967,
  all: 2031,
};

/** The words of `queryOrder` in a list of builds. */
export type BuildQueryOrder =
  | 'finishTimeAscending'
  | 'finishTimeDescending'
  | 'queueTimeDescending'
  | 'queueTimeAscending'
  | 'startTimeDescending'
  | 'startTimeAscending';

/** `queryOrder` of a list of builds. */
export const BUILD_QUERY_ORDER: EnumTable<BuildQueryOrder> = {
  finishTimeAscending: 2,
  finishTimeDescending: 3,
  queueTimeDescending: 4,
  queueTimeAscending: 5,
  startTimeDescending: 6,
  startTimeAscending: 7,
};

/** The words of `queryOrder` in a list of definitions. */
export type DefinitionQueryOrder =
  | 'none'
  | 'lastModifiedAscending'
  | 'lastModifiedDescending'
  | 'definitionNameAscending'
  | 'definitionNameDescending';

/** `queryOrder` of a list of definitions. */
export const DEFINITION_QUERY_ORDER: EnumTable<DefinitionQueryOrder> = {
  none: 0,
  lastModifiedAscending: 1,
  lastModifiedDescending: 2,
  definitionNameAscending: 3,
  definitionNameDescending: 4,
};

/** Definition.queueStatus. */
export const DEFINITION_QUEUE_STATUS: EnumTable<'enabled' | 'paused' | 'disabled'> = {
  enabled: 0,
  paused: 1,
  disabled: 2,
};

/** `state` of a stage update. */
export const STAGE_UPDATE: EnumTable<'cancel' | 'retry' | 'run'> = { cancel: 0, retry: 1, run: 2 };

/** The result of a task, job, phase or stage (RES-1). */
export const TASK_RESULT: EnumTable<NodeResult> = {
  succeeded: 0,
  succeededWithIssues: 1,
  failed: 2,
  canceled: 3,
  skipped: 4,
  abandoned: 5,
};

/** `deletedFilter` of a list of builds. */
export const DELETED_OPTION: EnumTable<'excludeDeleted' | 'includeDeleted' | 'onlyDeleted'> = {
  excludeDeleted: 0,
  includeDeleted: 1,
  onlyDeleted: 2,
};

/** ResourceLockRequest.lockType. */
export const LOCK_TYPE: EnumTable<'runLatest' | 'sequential' | 'branchRunLatest' | 'parallel'> = {
  runLatest: 0,
  sequential: 1,
  branchRunLatest: 2,
  parallel: 3,
};

/** ResourceLockRequest.status. */
export const LOCK_STATUS: EnumTable<
  'queued' | 'inUse' | 'finished' | 'timedOut' | 'canceled' | 'abandoned' | 'waitingOnChecks'
> = { queued: 0, inUse: 1, finished: 2, timedOut: 3, canceled: 4, abandoned: 5, waitingOnChecks: 6 };

function words<W extends string>(table: EnumTable<W>): readonly W[] {
  return Object.keys(table).filter((word): word is W => Object.hasOwn(table, word));
}

/** The one word that was meant: in any letter case, or as its number; `undefined` when it is neither. */
export function readEnum<W extends string>(table: EnumTable<W>, value: string | number): W | undefined {
  const text = String(value).trim().toLowerCase();
  return words(table).find((word) => word.toLowerCase() === text || String(table[word]) === text);
}

/** The words of a comma-joined list; a lone number is a sum of flags. `undefined` when one is unknown. */
export function readFlags<W extends string>(
  table: EnumTable<W>,
  value: string | number,
): readonly W[] | undefined {
  const found = new Set<W>();
  for (const part of String(value).split(',')) {
    const text = part.trim();
    if (text === '') continue;
    const meant = /^\d{1,9}$/.test(text) ? fromSum(table, Number(text)) : readEnum(table, text);
    if (meant === undefined) return undefined;
    for (const word of typeof meant === 'string' ? [meant] : meant) found.add(word);
  }
  return [...found];
}

// A word that is itself a sum of others ('all', 'triggered') stands for those others.
function fromSum<W extends string>(table: EnumTable<W>, sum: number): readonly W[] | undefined {
  if (sum === 0) return words(table).filter((word) => table[word] === 0);
  const single = words(table).filter((word) => isPowerOfTwo(table[word]));
  const known = single.reduce((total, word) => total + table[word], 0);
  // Bits beyond 32 bits cannot occur: the text has at most nine digits.
  if ((sum & ~known) !== 0) return undefined;
  return single.filter((word) => (sum & table[word]) !== 0);
}

function isPowerOfTwo(value: number): boolean {
  return value > 0 && (value & (value - 1)) === 0;
}
