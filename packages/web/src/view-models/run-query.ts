import type { BuildQuery } from '@signalbox/api';
import type { RunView } from '@signalbox/api';
import type { RunReason } from '@signalbox/model';
import { runMark } from './mark.ts';
import { branchName } from './names.ts';
import type { RunState } from './run-filter.ts';

/** What the list of all runs is narrowed to, as its address has it; empty: not narrowed. */
export interface RunSearch {
  readonly state: RunState;
  readonly pipeline: string;
  readonly branch: string;
  readonly reason: RunReason | '';
  readonly who: string;
  /** Words that have to occur in what is shown of a run. */
  readonly text: string;
}

/** Why runs exist, in the order of the page. */
export const REASONS: readonly RunReason[] = [
  'manual',
  'individualCI',
  'batchedCI',
  'schedule',
  'pullRequest',
  'buildCompletion',
  'resourceTrigger',
];

const STATES: readonly RunState[] = ['all', 'active', 'waiting', 'succeeded', 'failed', 'canceled'];

/** Reads the search of an address; words that it does not know narrow nothing. */
export function readSearch(query: ReadonlyMap<string, string>): RunSearch {
  const text = (name: string): string => query.get(name) ?? '';
  return {
    state: STATES.find((state) => state === query.get('state')) ?? 'all',
    pipeline: /^\d+$/.test(text('pipeline')) ? text('pipeline') : '',
    branch: text('branch'),
    reason: REASONS.find((reason) => reason === query.get('reason')) ?? '',
    who: text('who'),
    text: text('text'),
  };
}

/** The search as an address has it. */
export function searchQuery(search: RunSearch): Readonly<Record<string, string>> {
  return { ...search, state: search.state === 'all' ? '' : search.state };
}

/** True when anything is narrowed. */
export function isNarrowed(search: RunSearch): boolean {
  return Object.values(searchQuery(search)).some((value) => value !== '');
}

/** What the server is asked; it does not know words, and of states only its own. */
export function buildQuery(search: RunSearch): BuildQuery {
  const { state, pipeline, branch, reason, who } = search;
  return {
    ...(pipeline !== '' && { definitions: [Number(pipeline)] }),
    ...(branch !== '' && { branchName: branch }),
    ...(reason !== '' && { reasonFilter: [reason] }),
    ...(who !== '' && { requestedFor: who }),
    ...stateQuery(state),
  };
}

function stateQuery(state: RunState): BuildQuery {
  switch (state) {
    case 'all':
      return {};
    case 'active':
    case 'waiting':
      return { statusFilter: ['notStarted', 'inProgress', 'cancelling'] };
    case 'succeeded':
      return { resultFilter: ['succeeded', 'partiallySucceeded'] };
    case 'failed':
    case 'canceled':
      return { resultFilter: [state] };
  }
}

/** Whether a run is what is looked for: the live feed brings all of them. */
export function fits(run: RunView, search: RunSearch): boolean {
  const { pipeline, branch, reason, who } = search;
  return (
    (pipeline === '' || run.definition.id === Number(pipeline)) &&
    (branch === '' || branchName(run.branch) === branchName(branch)) &&
    (reason === '' || run.reason === reason) &&
    (who === '' || run.requestedFor.toLowerCase() === who.toLowerCase()) &&
    fitsState(run, search.state) &&
    fitsText(run, search.text)
  );
}

function fitsState(run: RunView, state: RunState): boolean {
  const { icon } = runMark(run);
  switch (state) {
    case 'all':
      return true;
    case 'active':
      return run.status !== 'completed';
    case 'waiting':
      return icon === 'waiting' || icon === 'approval' || icon === 'queued';
    case 'succeeded':
      return run.result === 'succeeded' || run.result === 'partiallySucceeded';
    case 'failed':
    case 'canceled':
      return run.result === state;
  }
}

function fitsText(run: RunView, text: string): boolean {
  const { number, definition, branch, commit, commitMessage = '', requestedFor } = run;
  const shown = [number, definition.name, branchName(branch), commit, commitMessage, requestedFor]
    .join(' ')
    .toLowerCase();
  return text
    .toLowerCase()
    .split(/\s+/)
    .every((word) => shown.includes(word));
}

/** Pages of the server with what the feed said since: each run once, in its newest form, newest first. */
export function withLive(
  pages: readonly RunView[],
  live: readonly RunView[],
  search: RunSearch,
): readonly RunView[] {
  const known = new Map(pages.map((run) => [run.id, run]));
  const oldest = Math.min(...pages.map(({ id }) => id));
  for (const run of live)
    if (known.has(run.id) || run.id > oldest || pages.length === 0) known.set(run.id, run);
  return [...known.values()].filter((run) => fits(run, search)).toSorted((left, right) => right.id - left.id);
}
