import type { ReactElement } from 'react';
import type { StageOrderAct } from '../../data/commands.ts';
import type { IconName } from '../icon/glyphs.tsx';
import { Icon } from '../icon/icon.tsx';

const LABELS: Readonly<Record<StageOrderAct, string>> = {
  retry: 'Run again',
  retryAll: 'All jobs again',
  start: 'Start',
  cancel: 'Cancel',
};

const ICONS: Readonly<Record<StageOrderAct, IconName>> = {
  retry: 'refresh',
  retryAll: 'refresh',
  start: 'play',
  cancel: 'stop',
};

/** What can be done about a stage. */
export function StageActs(props: {
  readonly stage: string;
  readonly acts: readonly StageOrderAct[];
  readonly act: (act: StageOrderAct) => void;
}): ReactElement {
  return (
    <span className="check-acts">
      {props.acts.map((act) => (
        <button key={act} type="button" className="button button-quiet" onClick={() => props.act(act)}>
          <Icon name={ICONS[act]} /> {LABELS[act]}
          <span className="hidden"> {props.stage}</span>
        </button>
      ))}
    </span>
  );
}
