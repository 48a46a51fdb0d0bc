import type { CheckAct, CheckView, RunView } from '@signalbox/api';
import type { ReactElement } from 'react';
import { useState } from 'react';
import { useActOnCheck } from '../../data/checks.ts';
import { checkActs, instantOf } from '../../view-models/check.ts';
import { Trouble } from '../feedback/notice.tsx';
import { ActChoices } from './act-choices.tsx';
import { Dialog } from './dialog.tsx';
import { ReasonField } from './reason-field.tsx';

interface Props {
  readonly run: RunView;
  /** The id of the check. */
  readonly check: string;
  readonly close: () => void;
}

/** What the viewer may do about a check of a run, as it is now. */
export function CheckDialog(props: Props): ReactElement {
  const { run, close } = props;
  const check = run.stages.flatMap(({ checks = [] }) => checks).find(({ id }) => id === props.check);
  return (
    <Dialog title={check?.name ?? 'Too late'} kind="small" close={close}>
      <p className="check-said">{check?.text ?? 'The stage has no such check any more.'}</p>
      {check !== undefined && <CheckForm run={run} check={check} close={close} />}
    </Dialog>
  );
}

function CheckForm(props: Omit<Props, 'check'> & { readonly check: CheckView }): ReactElement {
  const { run, check, close } = props;
  const choices = checkActs(check);
  const [chosen, choose] = useState<CheckAct>();
  const [reason, setReason] = useState('');
  const [until, setUntil] = useState('');
  const operate = useActOnCheck(run);
  const choice = choices.find(({ act }) => act === chosen) ?? choices[0];
  if (choice === undefined) return <p>There is nothing that you can do about it now.</p>;
  const { act } = choice;
  const submit = (): void => {
    const later = act === 'defer' ? instantOf(until) : undefined;
    operate.mutate(
      { act, check, reason: reason.trim(), ...(later !== undefined && { until: later }) },
      { onSuccess: close },
    );
  };
  return (
    <form
      className="form"
      onSubmit={(event) => {
        event.preventDefault();
        submit();
      }}
    >
      <ActChoices choices={choices} chosen={act} choose={choose} />
      {act === 'defer' && <TimeField label="Not before" value={until} change={setUntil} required />}
      {act !== 'permit' && <ReasonField value={reason} change={setReason} />}
      {operate.error !== null && <Trouble error={operate.error} />}
      <div className="dialog-actions">
        <button type="button" className="button" onClick={close}>
          Close
        </button>
        <button type="submit" className="button button-main" disabled={operate.isPending}>
          {choice.label}
        </button>
      </div>
    </form>
  );
}

/** A time of the viewer's own clock. */
export function TimeField(props: {
  readonly label: string;
  readonly value: string;
  readonly change: (value: string) => void;
  readonly required?: boolean;
}): ReactElement {
  return (
    <label>
      {props.label}
      <input
        type="datetime-local"
        required={props.required}
        value={props.value}
        onChange={(event) => props.change(event.target.value)}
      />
    </label>
  );
}
