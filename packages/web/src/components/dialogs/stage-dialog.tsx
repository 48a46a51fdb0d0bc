import type { StageView } from '@signalbox/api';
import type { ReactElement } from 'react';
import type { StageOrderAct } from '../../data/commands.ts';
import { useActOnStage } from '../../data/commands.ts';
import { Trouble } from '../feedback/notice.tsx';
import { Dialog } from './dialog.tsx';

/** What each act says of itself. */
const WORDS: Readonly<
  Record<StageOrderAct, { readonly title: string; readonly button: string; readonly what: string }>
> = {
  retry: {
    title: 'again',
    button: 'Run what failed again',
    what: 'The jobs that failed run again, and those behind them; the others keep their results.',
  },
  retryAll: {
    title: 'again, all jobs',
    button: 'Run all jobs again',
    what: 'All jobs of the stage run again.',
  },
  start: {
    title: 'by hand',
    button: 'Start the stage',
    what: 'The stage starts now, as soon as its checks and locks let it.',
  },
  cancel: {
    title: '',
    button: 'Cancel the stage',
    what: 'A stage that waits does not run; one that runs is stopped, and its clean-up still runs. Stages that depend on it are skipped unless their conditions say otherwise.',
  },
};

/** Asks before a stage is run again or started, and says what will happen. */
export function StageDialog(props: {
  readonly run: number;
  readonly stage: StageView;
  readonly act: StageOrderAct;
  readonly close: () => void;
}): ReactElement {
  const { run, stage, act, close } = props;
  const doIt = useActOnStage(run);
  const { title, button, what } = WORDS[act];
  const heading = act === 'cancel' ? `Cancel ${stage.displayName}?` : `Run ${stage.displayName} ${title}?`;
  return (
    <Dialog title={heading} kind="small" close={close}>
      <p>
        {what}
        {act !== 'cancel' && ' Its condition, its checks and its locks count anew'}
        {(act === 'retry' || act === 'retryAll') && ', and the stages that depend on it run again, too'}
        {act !== 'cancel' && '.'}
      </p>
      {doIt.error !== null && <Trouble error={doIt.error} />}
      <div className="dialog-actions">
        <button type="button" className="button" onClick={close}>
          Leave it
        </button>
        <button
          type="button"
          className={`button ${act === 'cancel' ? 'button-danger' : 'button-main'}`}
          disabled={doIt.isPending}
          onClick={() => doIt.mutate({ stage: stage.name, act }, { onSuccess: close })}
        >
          {button}
        </button>
      </div>
    </Dialog>
  );
}
