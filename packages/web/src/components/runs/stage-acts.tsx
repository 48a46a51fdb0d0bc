import type { StageAct } from '@signalbox/api';
import type { ReactElement } from 'react';
import { Icon } from '../icon/icon.tsx';

const LABELS: Readonly<Record<StageAct, string>> = {
  retry: 'Run again',
  retryAll: 'All jobs again',
  start: 'Start',
};

/** What can be done about a stage that is over or waits for a person. */
export function StageActs(props: {
  readonly stage: string;
  readonly acts: readonly StageAct[];
  readonly act: (act: StageAct) => void;
}): ReactElement {
  return (
    <span className="check-acts">
      {props.acts.map((act) => (
        <button key={act} type="button" className="button button-quiet" onClick={() => props.act(act)}>
          <Icon name={act === 'start' ? 'play' : 'more'} /> {LABELS[act]}
          <span className="hidden"> {props.stage}</span>
        </button>
      ))}
    </span>
  );
}
