import type { ReactElement, ReactNode } from 'react';
import { counted } from '../../view-models/names.ts';
import type { RunRow } from '../../view-models/run-row.ts';
import { When } from '../feedback/when.tsx';
import { Icon } from '../icon/icon.tsx';
import { StageRow } from './stage-row.tsx';

interface Props {
  readonly row: RunRow;
  readonly open: boolean;
  readonly toggle: () => void;
  /** Absent when the viewer may not cancel. */
  readonly cancel: (() => void) | undefined;
  /** Absent when the viewer may not end runs by force. */
  readonly force: (() => void) | undefined;
  readonly review: () => void;
  /** What is shown below when the run is open. */
  readonly children: ReactNode;
}

/** At most this many approvals are named in the list; all of them are in the review. */
const NAMED = 3;

/** One run: what it is, where it is, and the way in. */
export function RunCard(props: Props): ReactElement {
  const { row, open } = props;
  const detail = `run-${row.id}-detail`;
  return (
    <article
      id={`run-${row.id}`}
      className={`run run-${row.mark.tone}${open ? ' run-open' : ''}`}
      aria-labelledby={`run-${row.id}-title`}
    >
      <div className="run-head">
        <h3 id={`run-${row.id}-title`}>
          <button
            type="button"
            className="run-toggle"
            data-nav=""
            data-run={row.id}
            aria-expanded={open}
            aria-controls={detail}
            onClick={props.toggle}
          >
            <Icon name={row.mark.icon} tone={row.mark.tone} />
            <bdi className="run-pipeline clip">{row.pipeline}</bdi>{' '}
            <span className="run-number">{row.number}</span>
            <span className={`run-state tone-${row.mark.tone}`}>{row.mark.label}</span>
            <Icon name="chevron" />
          </button>
        </h3>
        <RunTimes row={row} />
        {props.cancel && row.cancellable && (
          <button type="button" className="button button-quiet run-cancel" onClick={props.cancel}>
            <Icon name="stop" /> Cancel<span className="hidden"> run {row.number}</span>
          </button>
        )}
        {props.force && row.forceable && (
          <button type="button" className="button button-quiet run-cancel" onClick={props.force}>
            <Icon name="stop" /> Force cancel<span className="hidden"> run {row.number}</span>
          </button>
        )}
      </div>
      <RunFacts row={row} />
      {row.cancelNote !== undefined && <p className="run-note">{row.cancelNote}</p>}
      <StageRow columns={row.columns} hidden={row.hiddenStages} />
      <RunApprovals row={row} review={props.review} />
      <div id={detail} hidden={!open}>
        {props.children}
      </div>
    </article>
  );
}

/** What the run asks people for, and the way to say it. */
function RunApprovals(props: { readonly row: RunRow; readonly review: () => void }): ReactNode {
  const { approvals, number } = props.row;
  if (approvals.length === 0) return null;
  const hidden = approvals.length - NAMED;
  return (
    <div className="run-asks">
      <ul>
        {approvals.slice(0, NAMED).map(({ id, text }) => (
          <li key={id}>{text}</li>
        ))}
        {hidden > 0 && <li>and {counted(hidden, 'more approval')}</li>}
      </ul>
      <button type="button" className="button" onClick={props.review}>
        <Icon name="approval" /> Review<span className="hidden"> the approvals of run {number}</span>
      </button>
    </div>
  );
}

function RunTimes(props: { readonly row: RunRow }): ReactElement {
  const { queued, duration } = props.row;
  return (
    <p className="run-times">
      {duration !== undefined && (
        <span className="fact">
          <Icon name="timer" />
          <span className="hidden">duration </span>
          <span className="clockface">{duration}</span>
        </span>
      )}
      <When at={queued} />
    </p>
  );
}

function RunFacts(props: { readonly row: RunRow }): ReactElement {
  const { row } = props;
  return (
    <p className="facts run-facts">
      {row.message !== '' && <bdi className="run-message clip">{row.message}</bdi>}
      <span className="fact">
        <Icon name="branch" />
        <span className="hidden">branch </span>
        <bdi className="clip">{row.branch}</bdi>
      </span>
      <span className="fact">
        <Icon name="commit" />
        <span className="hidden">commit </span>
        <code>{row.commit}</code>
      </span>
      <span className="fact" title={`Why it runs: ${row.why}`}>
        <Icon name="person" />
        <bdi className="clip">{row.who}</bdi>
      </span>
    </p>
  );
}
