import type { RunView } from '@signalbox/api';
import { runMark } from './mark.ts';
import { branchName } from './names.ts';

/** The states one can filter by. */
export type RunState = 'all' | 'active' | 'waiting' | 'succeeded' | 'failed' | 'canceled';

/** What the list is narrowed to. */
export interface RunFilter {
  readonly state: RunState;
  readonly definition: number | undefined;
  readonly text: string;
}

/** Shows everything. */
export const NO_FILTER: RunFilter = { state: 'all', definition: undefined, text: '' };

/** The states in the order of the page, in words. */
export const RUN_STATES: readonly { readonly state: RunState; readonly label: string }[] = [
  { state: 'all', label: 'All' },
  { state: 'active', label: 'Active' },
  { state: 'waiting', label: 'Waiting' },
  { state: 'succeeded', label: 'Succeeded' },
  { state: 'failed', label: 'Failed' },
  { state: 'canceled', label: 'Canceled' },
];

/** The runs that pass the filter, newest first. Every word of the text has to occur somewhere. */
export function filterRuns(runs: readonly RunView[], filter: RunFilter): readonly RunView[] {
  const words = filter.text.toLowerCase().split(/\s+/).filter(Boolean);
  return runs
    .filter((run) => filter.definition === undefined || run.definition.id === filter.definition)
    .filter((run) => inState(run, filter.state))
    .filter((run) => matches(run, words))
    .toSorted((left, right) => right.id - left.id);
}

/** True when the filter hides anything at all. */
export function isFiltering(filter: RunFilter): boolean {
  return filter.state !== 'all' || filter.definition !== undefined || filter.text.trim() !== '';
}

/** The pipelines that occur in the runs, by name. */
export function pipelinesOf(runs: readonly RunView[]): readonly RunView['definition'][] {
  const known = new Map(runs.map((run) => [run.definition.id, run.definition]));
  return [...known.values()].toSorted((left, right) => left.name.localeCompare(right.name));
}

function inState(run: RunView, state: RunState): boolean {
  switch (state) {
    case 'all':
      return true;
    case 'active':
      return run.status !== 'completed';
    case 'waiting':
      return runMark(run).icon === 'waiting' || runMark(run).icon === 'approval';
    case 'succeeded':
      return run.result === 'succeeded' || run.result === 'partiallySucceeded';
    case 'failed':
    case 'canceled':
      return run.result === state;
  }
}

function matches(run: RunView, words: readonly string[]): boolean {
  if (words.length === 0) return true;
  const stages = run.stages.map((stage) => stage.displayName);
  const text = [
    run.number,
    run.definition.name,
    branchName(run.branch),
    run.commit,
    run.commitMessage,
    run.requestedFor,
    ...stages,
  ]
    .join(' ')
    .toLowerCase();
  return words.every((word) => text.includes(word));
}
