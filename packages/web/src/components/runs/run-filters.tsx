import type { RunView } from '@signalbox/api';
import type { ReactElement } from 'react';
import type { RunFilter } from '../../view-models/run-filter.ts';
import { pipelinesOf, RUN_STATES } from '../../view-models/run-filter.ts';
import { Icon } from '../icon/icon.tsx';

interface Props {
  readonly filter: RunFilter;
  readonly runs: readonly RunView[];
  readonly change: (filter: RunFilter) => void;
}

/** Narrows the list of runs by text, pipeline and state. */
export function RunFilters(props: Props): ReactElement {
  const { filter, change } = props;
  return (
    <search className="filters">
      <label className="search">
        <Icon name="search" />
        <span className="hidden">Filter runs by text</span>
        <input
          data-search=""
          type="search"
          placeholder="Filter runs"
          value={filter.text}
          onChange={(event) => change({ ...filter, text: event.target.value })}
          onKeyDown={(event) => {
            if (event.key === 'Escape') event.currentTarget.blur();
          }}
        />
        <kbd aria-hidden="true">/</kbd>
      </label>
      <PipelineFilter {...props} />
      <StateFilter {...props} />
    </search>
  );
}

function PipelineFilter({ filter, runs, change }: Props): ReactElement {
  return (
    <label className="select">
      <span className="hidden">Pipeline</span>
      <select
        value={filter.definition ?? ''}
        onChange={({ target }) =>
          change({ ...filter, definition: target.value === '' ? undefined : Number(target.value) })
        }
      >
        <option value="">All pipelines</option>
        {pipelinesOf(runs).map((pipeline) => (
          <option key={pipeline.id} value={pipeline.id}>
            {pipeline.name}
          </option>
        ))}
      </select>
    </label>
  );
}

function StateFilter({ filter, change }: Props): ReactElement {
  return (
    <div className="segments" role="group" aria-label="State">
      {RUN_STATES.map(({ state, label }) => (
        <button
          key={state}
          type="button"
          aria-pressed={filter.state === state}
          onClick={() => change({ ...filter, state })}
        >
          {label}
        </button>
      ))}
    </div>
  );
}
