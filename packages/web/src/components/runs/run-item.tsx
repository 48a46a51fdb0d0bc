import type { RunView } from '@signalbox/api';
import type { ComponentType, ReactElement } from 'react';
import { memo } from 'react';
import type { StageOrderAct } from '../../data/commands.ts';
import type { Board } from '../../view-models/board.ts';
import { runDetail } from '../../view-models/run-detail.ts';
import { runRow } from '../../view-models/run-row.ts';
import { Guard } from '../feedback/guard.tsx';
import { RunArtifacts } from './run-artifacts.tsx';
import { RunCard } from './run-card.tsx';
import { RunDetails } from './run-details.tsx';
import { RunResults } from './run-results.tsx';

/** What can be done with a run. */
export interface RunActions {
  readonly toggle: (id: number) => void;
  /** Absent when the viewer may not cancel. */
  readonly cancel: ((run: RunView) => void) | undefined;
  /** Absent when the viewer may not end runs by force. */
  readonly force: ((run: number) => void) | undefined;
  /** Asks whether a stage is to be run again or started; absent when the viewer may not queue runs. */
  readonly actOnStage: ((run: number, stage: string, act: StageOrderAct) => void) | undefined;
  /** Shows the approvals that a run asks for. */
  readonly review: (run: number) => void;
  readonly openLog: (run: number, log: number) => void;
  /** Shows what can be done about a check of a run. */
  readonly act: (run: number, check: string) => void;
}

interface Props {
  readonly run: RunView;
  readonly on: Board;
  readonly now: number;
  readonly open: boolean;
  readonly actions: RunActions;
}

/** A run of the list; drawn anew only when something about it changed. */
export const RunItem: ComponentType<Props> = memo(function RunItem(props: Props): ReactElement {
  const { run, on, now, open, actions } = props;
  const { cancel, force, actOnStage } = actions;
  return (
    <RunCard
      row={runRow(run, on, now)}
      open={open}
      toggle={() => actions.toggle(run.id)}
      cancel={cancel && (() => cancel(run))}
      force={force && (() => force(run.id))}
      review={() => actions.review(run.id)}
    >
      {open && (
        <Guard>
          <RunResults heading="h4" run={run.id} running={run.status !== 'completed'} />
          <RunArtifacts heading="h4" run={run.id} running={run.status !== 'completed'} />
          <RunDetails
            heading="h4"
            stages={runDetail(run, on, now)}
            actions={{
              openLog: (log) => actions.openLog(run.id, log),
              act: (check) => actions.act(run.id, check),
              review: () => actions.review(run.id),
              actOnStage: actOnStage && ((stage, act) => actOnStage(run.id, stage, act)),
            }}
          />
        </Guard>
      )}
    </RunCard>
  );
});
