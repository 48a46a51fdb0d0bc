import type { StageAct, StageView } from '@signalbox/api';
import type { ReactElement } from 'react';
import { useActOnStage } from '../../data/commands.ts';
import { Trouble } from '../feedback/notice.tsx';
import { Dialog } from './dialog.tsx';

/** What each act says of itself. */
const WORDS: Readonly<
  Record<StageAct, { readonly title: string; readonly button: string; readonly what: string }>
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
};

/** Asks before a stage is run again or started, and says what will happen. */
export function StageDialog(props: {
  readonly run: number;
  readonly stage: StageView;
  readonly act: StageAct;
  readonly close: () => void;
}): ReactElement {
  const { run, stage, act, close } = props;
  const doIt = useActOnStage(run);
  const { title, button, what } = WORDS[act];
  return (
    <Dialog title={`Run ${stage.displayName} ${title}?`} kind="small" close={close}>
      <p>
        {what} Its condition, its checks and its locks count anew
        {act === 'start' ? '' : ', and the stages that depend on it run again, too'}.
      </p>
      {doIt.error !== null && <Trouble error={doIt.error} />}
      <div className="dialog-actions">
        <button type="button" className="button" onClick={close}>
          Leave it
        </button>
        <button
          type="button"
          className="button button-main"
          disabled={doIt.isPending}
          onClick={() => doIt.mutate({ stage: stage.name, act }, { onSuccess: close })}
        >
          {button}
        </button>
      </div>
    </Dialog>
  );
}
