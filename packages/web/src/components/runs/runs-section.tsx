import type { RunView } from '@signalbox/api';
import type { ReactElement } from 'react';
import { useDeferredValue, useMemo } from 'react';
import { useNow } from '../../data/clock.ts';
import { useRuns } from '../../data/queries.ts';
import type { Board } from '../../view-models/board.ts';
import type { RunFilter } from '../../view-models/run-filter.ts';
import { filterRuns, isFiltering, NO_FILTER } from '../../view-models/run-filter.ts';
import { isLive } from '../../view-models/run-row.ts';
import { Command, Empty, Skeleton, Trouble } from '../feedback/notice.tsx';
import { RunFilters } from './run-filters.tsx';
import type { RunActions } from './run-item.tsx';
import { RunItem } from './run-item.tsx';

interface Props {
  readonly on: Board;
  readonly project: string;
  readonly filter: RunFilter;
  readonly setFilter: (filter: RunFilter) => void;
  readonly open: ReadonlySet<number>;
  readonly actions: RunActions;
}

const MINUTE = 60_000;

/** The latest runs of the project, newest first. */
export function RunsSection(props: Props): ReactElement {
  const runs = useRuns();
  return (
    <section id="runs" className="column" aria-labelledby="runs-title" tabIndex={-1}>
      <header className="column-head">
        <h2 id="runs-title">Runs</h2>
        {runs.data !== undefined && runs.data.length > 0 && (
          <RunFilters filter={props.filter} runs={runs.data} change={props.setFilter} />
        )}
      </header>
      {runs.data !== undefined && <RunList {...props} runs={runs.data} />}
      {runs.data === undefined && runs.error === null && <Skeleton what="runs" rows={6} />}
      {runs.data === undefined && runs.error !== null && (
        <Trouble error={runs.error} again={() => void runs.refetch()} />
      )}
    </section>
  );
}

function RunList(props: Props & { readonly runs: readonly RunView[] }): ReactElement {
  const { runs, on, open, actions } = props;
  const now = useNow();
  const filter = useDeferredValue(props.filter);
  const shown = useMemo(() => filterRuns(runs, filter), [runs, filter]);
  if (runs.length === 0) return <NoRuns project={props.project} />;
  if (shown.length === 0) return <NoMatch clear={() => props.setFilter(NO_FILTER)} />;
  // A finished run changes its words once a minute at most.
  const calm = Math.ceil(now / MINUTE) * MINUTE;
  return (
    <>
      <p className="hidden" role="status">
        {isFiltering(filter) ? `${shown.length} of ${runs.length} runs shown` : ''}
      </p>
      <div className="runs">
        {shown.map((run) => (
          <RunItem
            key={run.id}
            run={run}
            on={on}
            now={isLive(run) ? now : calm}
            open={open.has(run.id)}
            actions={actions}
          />
        ))}
      </div>
    </>
  );
}

function NoMatch(props: { readonly clear: () => void }): ReactElement {
  return (
    <Empty title="No run matches">
      <button type="button" className="button" onClick={props.clear}>
        Show all runs
      </button>
    </Empty>
  );
}

function NoRuns(props: { readonly project: string }): ReactElement {
  const project = `--project ${JSON.stringify(props.project)}`;
  return (
    <Empty title="No runs yet">
      <p>Two commands bring the first one here. In a repository with an azure-pipelines.yml:</p>
      <Command>{`npx signalbox pipeline create my-app ${project} --repository .`}</Command>
      <Command>{`npx signalbox queue my-app ${project}`}</Command>
    </Empty>
  );
}
