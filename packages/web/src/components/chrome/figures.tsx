import type { LockView, RunView } from '@signalbox/api';
import type { ReactElement } from 'react';
import { summary } from '../../view-models/summary.ts';
import { Icon } from '../icon/icon.tsx';

interface Props {
  readonly runs: readonly RunView[] | undefined;
  readonly locks: readonly LockView[] | undefined;
}

/** The state of a project in three numbers that lead to the places on the board. */
export function Figures(props: Props): ReactElement {
  const { running, inLine, occupied } = summary(props.runs, props.locks);
  return (
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
  );
}

/** Queues a run; `q` does the same. */
export function QueueButton(props: { readonly queue: () => void }): ReactElement {
  return (
    <button type="button" className="button button-main" onClick={props.queue}>
      <Icon name="play" /> Queue a run <kbd aria-hidden="true">q</kbd>
    </button>
  );
}
