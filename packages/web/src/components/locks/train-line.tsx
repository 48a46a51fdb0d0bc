import type { ReactElement, ReactNode } from 'react';
import type { Train } from '../../view-models/lock-entry.ts';
import { Icon } from '../icon/icon.tsx';

/** What a click on a run does, wherever the run is named. */
export type OpenRun = (id: number) => void;

/** A run and its stage on the track; the whole name opens the run. A caller from outside has none to open. */
export function TrainName(props: { readonly train: Train; readonly open: OpenRun }): ReactElement {
  const { runId } = props.train;
  if (runId === undefined) return <span className="train-name">{nameOf(props.train, 'request')}</span>;
  return (
    <button
      type="button"
      className="train-name"
      data-nav=""
      data-run={runId}
      onClick={() => props.open(runId)}
    >
      {nameOf(props.train, 'stage')}
    </button>
  );
}

function nameOf({ pipeline, number, stage }: Train, what: 'request' | 'stage'): ReactElement {
  return (
    <>
      <span className="train-pipeline">{pipeline}</span> <span className="train-number">{number}</span>
      <span className="train-stage">
        <span className="hidden">, {what} </span>
        <Icon name="chevron" />
        {stage}
      </span>
    </>
  );
}

/** One position on the track: what stands on the rails, then what is said about it. */
export function Station(props: {
  readonly kind: 'holder' | 'waiter' | 'expected' | 'ended';
  readonly sign: ReactNode;
  readonly children: ReactNode;
}): ReactElement {
  return (
    <li className={`station station-${props.kind}`}>
      <span className="station-sign">{props.sign}</span>
      <div className="station-body">{props.children}</div>
    </li>
  );
}

/** Branch and person of a line. */
export function Origin(props: { readonly branch: string; readonly who?: string }): ReactElement {
  return (
    <>
      {props.branch !== '' && (
        <span className="fact">
          <Icon name="branch" />
          <span className="hidden">branch </span>
          <bdi className="clip">{props.branch}</bdi>
        </span>
      )}
      {props.who !== undefined && (
        <span className="fact">
          <Icon name="person" />
          <span className="hidden">queued for </span>
          <bdi className="clip">{props.who}</bdi>
        </span>
      )}
    </>
  );
}
