import type { RunView } from '@signalbox/api';
import type { ReactElement } from 'react';
import { useState } from 'react';
import { useForceCancel } from '../../data/operate.ts';
import { liveStages } from '../../view-models/run-row.ts';
import { Trouble } from '../feedback/notice.tsx';
import { Dialog } from './dialog.tsx';
import { ReasonField } from './reason-field.tsx';

/** Asks before a run, or one stage of it, is ended by force, and wants the reason. */
export function ForceDialog(props: { readonly run: RunView; readonly close: () => void }): ReactElement {
  const { run, close } = props;
  const [stage, setStage] = useState('');
  const [reason, setReason] = useState('');
  const force = useForceCancel(run.id);
  const submit = (): void => {
    const body = { reason: reason.trim(), ...(stage !== '' && { stage }) };
    force.mutate(body, { onSuccess: close });
  };
  return (
    <Dialog title={`End run ${run.number} by force?`} kind="small" close={close}>
      <form
        className="form"
        onSubmit={(event) => {
          event.preventDefault();
          submit();
        }}
      >
        <p>
          It ends at once: no clean-up runs, and a lock that protects its stage does not keep it. Locks stay
          taken until its agents are surely silent.
        </p>
        <label>
          What to end
          <select value={stage} onChange={(event) => setStage(event.target.value)}>
            <option value="">The whole run</option>
            {liveStages(run).map(({ name, displayName }) => (
              <option key={name} value={name}>
                Only stage {displayName}
              </option>
            ))}
          </select>
        </label>
        <ReasonField value={reason} change={setReason} />
        {force.error !== null && <Trouble error={force.error} />}
        <div className="dialog-actions">
          <button type="button" className="button" onClick={close}>
            Let it end by itself
          </button>
          <button type="submit" className="button button-danger" disabled={force.isPending}>
            End it by force
          </button>
        </div>
      </form>
    </Dialog>
  );
}
