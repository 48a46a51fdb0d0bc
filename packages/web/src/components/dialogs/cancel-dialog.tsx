import type { RunView } from '@signalbox/api';
import type { ReactElement } from 'react';
import { useCancelRun } from '../../data/commands.ts';
import { protectedNames } from '../../view-models/run-row.ts';
import { Trouble } from '../feedback/notice.tsx';
import { Dialog } from './dialog.tsx';

/** Asks before a run is cancelled, and says what will happen. */
export function CancelDialog(props: { readonly run: RunView; readonly close: () => void }): ReactElement {
  const { run, close } = props;
  const cancel = useCancelRun();
  const kept = protectedNames(run);
  return (
    <Dialog title={`Cancel run ${run.number}?`} kind="small" close={close}>
      <p>
        <bdi>{run.definition.name}</bdi>: stages that have not started will not start. A stage that runs is
        stopped; its clean-up (<code>always()</code>) still runs, and its lock is given on after that.
      </p>
      {kept !== undefined && (
        <p className="dialog-more">A lock protects {kept}: there the cancel takes effect when it is over.</p>
      )}
      {cancel.error !== null && <Trouble error={cancel.error} />}
      <div className="dialog-actions">
        <button type="button" className="button" onClick={close}>
          Keep it running
        </button>
        <button
          type="button"
          className="button button-danger"
          disabled={cancel.isPending}
          onClick={() => cancel.mutate(run.id, { onSuccess: close })}
        >
          Cancel the run
        </button>
      </div>
    </Dialog>
  );
}
