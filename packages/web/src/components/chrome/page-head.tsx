import type { LockView, RunView } from '@signalbox/api';
import type { ReactElement } from 'react';
import { summary } from '../../view-models/summary.ts';
import { Icon } from '../icon/icon.tsx';

interface Props {
  readonly project: string;
  readonly runs: readonly RunView[] | undefined;
  readonly locks: readonly LockView[] | undefined;
  /** Absent when the viewer may not queue. */
  readonly queue: (() => void) | undefined;
}

/** The project, its state in three numbers that lead to the places, and the button that queues a run. */
export function PageHead(props: Props): ReactElement {
  const { running, inLine, occupied } = summary(props.runs, props.locks);
  return (
    <div className="page-head">
      <h1>
        <bdi>{props.project}</bdi>
      </h1>
      <ul className="figures">
        <li>
          <a href="#runs">
            <Icon name="running" tone="busy" />
            <b>{running}</b> running
          </a>
        </li>
        <li>
          <a href="#locks">
            <Icon name="waiting" tone="warn" />
            <b>{inLine}</b> in line
          </a>
        </li>
        <li>
          <a href="#locks">
            <Icon name="held" />
            <b>{occupied}</b> locks occupied
          </a>
        </li>
      </ul>
      {props.queue && (
        <button type="button" className="button button-main" onClick={props.queue}>
          <Icon name="play" /> Queue a run <kbd aria-hidden="true">q</kbd>
        </button>
      )}
    </div>
  );
}
