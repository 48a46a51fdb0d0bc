import type { WireDefinition } from '@signalbox/api';
import type { ReactElement } from 'react';
import { useEffect, useRef, useState } from 'react';
import { reasonWord } from '../../view-models/names.ts';
import { RUN_STATES } from '../../view-models/run-filter.ts';
import type { RunSearch as Search } from '../../view-models/run-query.ts';
import { REASONS } from '../../view-models/run-query.ts';
import { Icon } from '../icon/icon.tsx';

interface Props {
  readonly search: Search;
  readonly change: (search: Search) => void;
  readonly pipelines: readonly WireDefinition[];
}

/** Narrows the list of all runs: by words, pipeline, branch, trigger, person and state. */
export function RunSearch({ search, change, pipelines }: Props): ReactElement {
  return (
    <search className="run-search">
      <Typed
        icon
        label="Search the runs"
        placeholder="Search"
        value={search.text}
        set={(text) => change({ ...search, text })}
      />
      <label className="select">
        <span className="hidden">Pipeline</span>
        <select
          value={search.pipeline}
          onChange={({ target }) => change({ ...search, pipeline: target.value })}
        >
          <option value="">All pipelines</option>
          {pipelines.map(({ id, name }) => (
            <option key={id} value={id}>
              {name}
            </option>
          ))}
        </select>
      </label>
      <Typed
        label="Branch"
        placeholder="Any branch"
        value={search.branch}
        set={(branch) => change({ ...search, branch })}
      />
      <label className="select">
        <span className="hidden">Why it runs</span>
        <select
          value={search.reason}
          onChange={({ target }) =>
            change({ ...search, reason: REASONS.find((reason) => reason === target.value) ?? '' })
          }
        >
          <option value="">Any trigger</option>
          {REASONS.map((reason) => (
            <option key={reason} value={reason}>
              {reasonWord(reason)}
            </option>
          ))}
        </select>
      </label>
      <Typed
        label="Requested for"
        placeholder="Anybody"
        value={search.who}
        set={(who) => change({ ...search, who })}
      />
      <States search={search} change={change} />
    </search>
  );
}

function States({ search, change }: Omit<Props, 'pipelines'>): ReactElement {
  return (
    <div className="segments" role="group" aria-label="State">
      {RUN_STATES.map(({ state, label }) => (
        <button
          key={state}
          type="button"
          aria-pressed={search.state === state}
          onClick={() => change({ ...search, state })}
        >
          {label}
        </button>
      ))}
    </div>
  );
}

/** What is typed counts when somebody pauses: each letter would be a question to the server. */
const PAUSE_MS = 300;

function Typed(props: {
  readonly label: string;
  readonly placeholder: string;
  readonly value: string;
  readonly set: (value: string) => void;
  readonly icon?: boolean;
}): ReactElement {
  const { label, placeholder, value, set, icon = false } = props;
  const [typed, setTyped] = useState<string>();
  const shown = typed ?? value;
  // What was chosen beside it during the pause stays chosen.
  const latest = useRef(set);
  useEffect(() => {
    latest.current = set;
  });
  useEffect(() => {
    if (typed === undefined) return undefined;
    const timer = setTimeout(() => {
      latest.current(typed.trim());
      setTyped(undefined);
    }, PAUSE_MS);
    return () => clearTimeout(timer);
  }, [typed]);
  return (
    <label className={icon ? 'search' : 'typed'}>
      {icon && <Icon name="search" />}
      <span className="hidden">{label}</span>
      <input
        type="search"
        {...(icon && { 'data-search': '' })}
        placeholder={placeholder}
        value={shown}
        onChange={(event) => setTyped(event.target.value)}
        onBlur={() => {
          // Nothing typed may count later, when the reader has gone elsewhere.
          if (typed === undefined) return;
          set(typed.trim());
          setTyped(undefined);
        }}
        onKeyDown={(event) => {
          if (event.key !== 'Escape') return;
          event.preventDefault();
          event.currentTarget.blur();
        }}
        spellCheck={false}
      />
    </label>
  );
}
