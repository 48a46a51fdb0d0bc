import type { LockRequestView } from '@signalbox/api';
import type { ReactElement } from 'react';
import { Link } from '../../app/navigation.tsx';
import { useNow } from '../../data/clock.ts';
import type { Board } from '../../view-models/board.ts';
import type { ExpectedLine } from '../../view-models/lock-entry.ts';
import { pastLines } from '../../view-models/lock/past.ts';
import { When } from '../feedback/when.tsx';
import { MarkIcon } from '../icon/icon.tsx';
import { ExpectedStation } from '../locks/stations.tsx';
import type { OpenRun } from '../locks/train-line.tsx';

/** Ended requests that the page shows. */
const SHOWN = 12;

/** Runs that may still ask for the lock. */
export function ExpectedPanel(props: {
  readonly lines: readonly ExpectedLine[];
  readonly name: string;
  readonly open: OpenRun;
}): ReactElement | null {
  if (props.lines.length === 0) return null;
  return (
    <section className="panel panel-track" aria-labelledby="expected-title">
      <h2 id="expected-title">
        May still arrive <span className="count">{props.lines.length}</span>
      </h2>
      <ol className="track track-expected" aria-label={`May still arrive at ${props.name}`}>
        {props.lines.map((line) => (
          <ExpectedStation key={line.key} line={line} open={props.open} />
        ))}
      </ol>
    </section>
  );
}

/** Who held the lock before, and who left the line without it. */
export function PastPanel(props: {
  readonly history: readonly LockRequestView[];
  readonly on: Board;
}): ReactElement | null {
  const now = useNow();
  if (props.history.length === 0) return null;
  return (
    <section className="panel" aria-labelledby="past-title">
      <h2 id="past-title">Before</h2>
      <ul className="past">
        {pastLines(props.history.slice(0, SHOWN), props.on, now).map((line) => (
          <li key={line.key}>
            <MarkIcon mark={line.mark} />
            <span className="past-name">
              {line.runId === undefined ? line.name : <Link to={`runs/${line.runId}`}>{line.name}</Link>}
            </span>
            <span className="past-text">{line.text}</span>
            <When at={line.when} />
          </li>
        ))}
      </ul>
    </section>
  );
}
