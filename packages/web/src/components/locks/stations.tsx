import type { BlockerKind } from '@signalbox/model';
import type { ReactElement } from 'react';
import type {
  EndedLine,
  ExpectedLine,
  HolderLine,
  ReasonLine,
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

/** Who is inside the block, since when, and with which token. */
export function HolderStation(props: { readonly line: HolderLine; readonly open: OpenRun }): ReactElement {
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
      </p>
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
export function WaiterStation(props: { readonly line: WaiterLine; readonly open: OpenRun }): ReactElement {
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
      </p>
      <ul className="reasons" aria-label="Why it waits">
        {line.reasons.map((reason) => (
          <Reason key={reason.text} reason={reason} />
        ))}
      </ul>
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
