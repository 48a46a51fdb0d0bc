import { BUILD_QUERY_ORDER, BUILD_REASON, BUILD_RESULT, BUILD_STATUS, DELETED_OPTION } from '@signalbox/api';
import type { RunReason, RunResult, RunStatus } from '@signalbox/model';
import type { RunFilter } from '@signalbox/store';
import type { Query } from '../read/query.ts';
import { badRequest } from '../problem.ts';
import { fullBranch } from '../../git/full-branch.ts';

/** A filter; `undefined` when it asks for what no run of ours can be, so that the answer is an empty list. */
export function readRunFilter(query: Query): RunFilter | undefined {
  const words = readWords(query);
  if (words === undefined) return undefined;
  const removed = REMOVED[query.word('deletedFilter', DELETED_OPTION) ?? 'excludeDeleted'];
  return { ...words, ...readTexts(query), ...readBounds(query), removed };
}

const REMOVED = { excludeDeleted: 'without', includeDeleted: 'with', onlyDeleted: 'only' } as const;

function readTexts(query: Query): RunFilter {
  const branch = query.text('branchName', 512);
  const requestedFor = query.text('requestedFor');
  const number = query.text('buildNumber');
  const definitions = query.numbers('definitions');
  const ids = query.numbers('buildIds');
  const tags = query.texts('tagFilters');
  return {
    ...(branch !== undefined && { branch: fullBranch(branch) }),
    ...(requestedFor !== undefined && { requestedFor }),
    ...(number !== undefined && { number }),
    ...(definitions !== undefined && definitions.length > 0 && { definitions }),
    ...(ids !== undefined && ids.length > 0 && { ids }),
    ...(tags !== undefined && tags.length > 0 && { tags }),
  };
}

function readBounds(query: Query): RunFilter {
  const minTime = query.time('minTime');
  const maxTime = query.time('maxTime');
  const maxPerDefinition = query.number('maxBuildsPerDefinition');
  if (maxPerDefinition !== undefined && maxPerDefinition < 1) {
    throw badRequest('"maxBuildsPerDefinition" must be at least 1.');
  }
  const after = query.continuation();
  const order = query.word('queryOrder', BUILD_QUERY_ORDER);
  return {
    ...(minTime !== undefined && { minTime }),
    ...(maxTime !== undefined && { maxTime }),
    ...(maxPerDefinition !== undefined && { maxPerDefinition }),
    ...(after !== undefined && { after }),
    ...(order !== undefined && { order }),
    limit: query.top(),
  };
}

function readWords(query: Query): RunFilter | undefined {
  const statuses = query.words('statusFilter', BUILD_STATUS);
  const results = query.words('resultFilter', BUILD_RESULT);
  const reasons = query.words('reasonFilter', BUILD_REASON);
  const status = keep(statuses, STATUSES);
  const result = keep(results, RESULTS);
  const reason = keep(reasons, REASONS);
  if (status === NOTHING || result === NOTHING || reason === NOTHING) return undefined;
  return {
    ...(status !== undefined && { statuses: status }),
    ...(result !== undefined && { results: result }),
    ...(reason !== undefined && { reasons: reason }),
  };
}

const NOTHING = Symbol('nothing');
const STATUSES: readonly RunStatus[] = ['notStarted', 'inProgress', 'cancelling', 'completed'];
const RESULTS: readonly RunResult[] = ['succeeded', 'partiallySucceeded', 'failed', 'canceled'];
const REASONS: readonly RunReason[] = [
  'manual',
  'individualCI',
  'batchedCI',
  'schedule',
  'pullRequest',
  'buildCompletion',
  'resourceTrigger',
];

// `all` and `none` restrict nothing; words that our runs never have match none of them.
function keep<W extends string>(
  asked: readonly string[] | undefined,
  known: readonly W[],
): readonly W[] | undefined | typeof NOTHING {
  if (asked === undefined || asked.length === 0) return undefined;
  if (asked.includes('all') || asked.includes('none')) return undefined;
  const kept = known.filter((word) => asked.includes(word));
  return kept.length === 0 ? NOTHING : kept;
}
