import type { BlockerKind } from '@signalbox/model';
import type { ReactElement } from 'react';
import type {
  EndedLine,
  ExpectedLine,
  HolderLine,
  ReasonLine,
  Train,
  WaiterLine,
} from '../../view-models/lock-entry.ts';
import { When } from '../feedback/when.tsx';
import type { IconName } from '../icon/glyphs.tsx';
import { Icon } from '../icon/icon.tsx';
import type { OpenRun } from './train-line.tsx';
import { Origin, Station, TrainName } from './train-line.tsx';

const REASON_ICON: Readonly<Record<BlockerKind | 'other', IconName>> = {
  heldBy: 'held',
  behind: 'behind',
  olderRunExpected: 'timer',
  notGrantedTogether: 'linked',
  comparingCommits: 'timer',
  checksPending: 'queued',
  frozen: 'waiting',
  onHold: 'waiting',
  quarantined: 'held',
  keptForFailure: 'held',
  awaitingApproval: 'held',
  other: 'waiting',
};

/** What the stations of holders and waiters say beyond their line. */
interface More {
  readonly open: OpenRun;
  /** When it starts or is over, if the server can tell. */
  readonly outlook: string | undefined;
  /** Absent when there is nothing that the viewer can do. */
  readonly act: (() => void) | undefined;
}

/** Who is inside the block, since when, and with which token. */
export function HolderStation(
  props: More & { readonly line: HolderLine; readonly more?: ReactElement },
): ReactElement {
  const { line, open } = props;
  return (
    <Station kind="holder" sign={<Icon name="train" />}>
      <div className="station-top">
        <TrainName train={line} open={open} />
        <span className="station-time">
          <span className="station-verb">holds it</span> <When at={line.held} className="clockface" />
        </span>
      </div>
      <p className="facts">
        <Origin branch={line.branch} who={line.who} />
        {line.token !== undefined && (
          <span
            className="fact"
            title="Fencing token: grows with every grant, so that a target can refuse an old holder"
          >
            <Icon name="key" />
            token {line.token}
          </span>
        )}
        <Outlook text={props.outlook} />
        <Act act={props.act} train={line} />
      </p>
      {props.more}
      {line.span !== undefined && (
        <p className="station-note">
          <Icon name="linked" /> {line.span}
        </p>
      )}
      {line.note !== undefined && (
        <p className="station-note">
          <Icon name="draining" tone="warn" /> {line.note}
        </p>
      )}
    </Station>
  );
}

/** Who waits, at which place, and every reason why. */
export function WaiterStation(props: More & { readonly line: WaiterLine }): ReactElement {
  const { line, open } = props;
  const sign = (
    <span className="position">
      <span className="hidden">Position </span>
      {line.position}
    </span>
  );
  return (
    <Station kind="waiter" sign={sign}>
      <div className="station-top">
        <TrainName train={line} open={open} />
        <span className="station-time">
          <span className="station-verb">waits</span> <When at={line.waiting} className="clockface" />
        </span>
      </div>
      <p className="facts">
        <Origin branch={line.branch} who={line.who} />
        {line.givesUp !== undefined && (
          <span className="fact">
            <Icon name="timer" />
            <When at={line.givesUp} />
          </span>
        )}
        <Outlook text={props.outlook} />
        <Act act={props.act} train={line} />
      </p>
      <ul className="reasons" aria-label="Why it waits">
        {line.reasons.map((reason) => (
          <Reason key={reason.text} reason={reason} />
        ))}
      </ul>
      <Advice reasons={line.reasons} />
    </Station>
  );
}

function Reason(props: { readonly reason: ReasonLine }): ReactElement {
  return (
    <li>
      <Icon name={REASON_ICON[props.reason.kind]} />
      <span>{props.reason.text}</span>
    </li>
  );
}

function Outlook(props: { readonly text: string | undefined }): ReactElement | null {
  if (props.text === undefined) return null;
  return (
    <span className="fact outlook" title="Forecast from how long earlier deployments took">
      <Icon name="timer" />
      {props.text}
    </span>
  );
}

function Act(props: { readonly act: (() => void) | undefined; readonly train: Train }): ReactElement | null {
  if (props.act === undefined) return null;
  return (
    <button type="button" className="button button-quiet station-act" onClick={props.act}>
      <Icon name="more" />
      <span className="hidden">
        Act on {props.train.pipeline} {props.train.number}, {props.train.stage}
      </span>
    </button>
  );
}

/** What can be done about the reasons; folded, because most people only want to know why. */
function Advice(props: { readonly reasons: readonly ReasonLine[] }): ReactElement | null {
  const advice = [...new Set(props.reasons.flatMap((reason) => reason.advice ?? []))];
  if (advice.length === 0) return null;
  return (
    <details className="advice">
      <summary>What can be done</summary>
      <ul>
        {advice.map((text) => (
          <li key={text}>{text}</li>
        ))}
      </ul>
    </details>
  );
}

/** A run that may still arrive. */
export function ExpectedStation(props: {
  readonly line: ExpectedLine;
  readonly open: OpenRun;
}): ReactElement {
  return (
    <Station kind="expected" sign={<Icon name="notStarted" />}>
      <div className="station-top">
        <TrainName train={props.line} open={props.open} />
        <span className="station-time">
          <span className="station-verb">queued</span> <When at={props.line.queued} />
        </span>
      </div>
      <p className="facts">
        <Origin branch={props.line.branch} />
        <span>{props.line.note}</span>
      </p>
    </Station>
  );
}

/** A request that ended without the lock. */
export function EndedStation(props: { readonly line: EndedLine; readonly open: OpenRun }): ReactElement {
  const superseded = props.line.kind === 'superseded';
  return (
    <Station kind="ended" sign={<Icon name={superseded ? 'skipped' : 'timer'} />}>
      <div className="station-top">
        <TrainName train={props.line} open={props.open} />
        <span className="station-time">
          <When at={props.line.when} />
        </span>
      </div>
      <p className="facts">
        {superseded ? `Superseded: ${props.line.text}` : `Timed out: ${props.line.text}`}
      </p>
    </Station>
  );
}
