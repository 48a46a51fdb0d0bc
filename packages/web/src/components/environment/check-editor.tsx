import type { WireCheck } from '@signalbox/api';
import type { FormEvent, ReactElement } from 'react';
import { useState } from 'react';
import { useOrderCheck } from '../../data/environments.ts';
import type { CheckValues } from '../../view-models/environment/check-form.ts';
import { settingsOf, typeOf, valuesOf } from '../../view-models/environment/check-form.ts';
import type { CheckField, FormKind } from '../../view-models/environment/check-kinds.ts';
import { formOf } from '../../view-models/environment/check-kinds.ts';
import type { CheckLine } from '../../view-models/environment/checks.ts';
import { Dialog } from '../dialogs/dialog.tsx';
import { Trouble } from '../feedback/notice.tsx';

interface Props {
  readonly environment: number;
  readonly kind: FormKind;
  /** Absent: a new one is made. */
  readonly check?: WireCheck;
  readonly close: () => void;
}

/** Minutes: thirty days for what people decide or wait in line for, one day for what is asked (CHK-37). */
function usualTimeout(kind: FormKind): number {
  return kind === 'approval' || kind === 'exclusiveLock' ? 43_200 : 1440;
}

/** Sets a check up, or changes one; where somebody else changed it meanwhile, it says so and overwrites nothing. */
export function CheckEditor(props: Props): ReactElement {
  const { environment, kind, check, close } = props;
  const form = formOf(kind);
  const order = useOrderCheck(environment);
  const [values, setValues] = useState<CheckValues>(() => (check === undefined ? {} : valuesOf(check)));
  const [timeout, setTimeout] = useState(check?.timeout ?? usualTimeout(kind));
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    const settings = settingsOf(kind, values);
    const resource = { type: 'environment', id: String(environment) };
    const done = { onSuccess: close };
    if (check !== undefined) order.mutate({ act: 'change', check, settings, timeout }, done);
    else order.mutate({ act: 'add', check: { type: typeOf(kind), resource, settings, timeout } }, done);
  };
  return (
    <Dialog title={check === undefined ? `New: ${form.title}` : form.title} kind="small" close={close}>
      <form className="form" onSubmit={submit}>
        <p>{form.explains}</p>
        {form.fields.map((field) => (
          <Field
            key={field.name}
            field={field}
            value={values[field.name] ?? ''}
            change={(value) => setValues((known) => ({ ...known, [field.name]: value }))}
          />
        ))}
        <label>
          Minutes after which it gives up
          <input
            type="number"
            required
            min={1}
            max={5_256_000}
            value={timeout}
            onChange={({ target }) => setTimeout(target.valueAsNumber)}
          />
        </label>
        {order.error !== null && <Trouble error={order.error} />}
        <div className="dialog-actions">
          <button type="button" className="button" onClick={close}>
            Close
          </button>
          <button type="submit" className="button button-main" disabled={order.isPending}>
            {check === undefined ? 'Add it' : 'Save it'}
          </button>
        </div>
      </form>
    </Dialog>
  );
}

function Field(props: {
  readonly field: CheckField;
  readonly value: string;
  readonly change: (value: string) => void;
}): ReactElement {
  const { field, value, change } = props;
  const { label, kind, choices = [], required, example } = field;
  if (kind === 'flag') {
    return (
      <label className="flag">
        <input
          type="checkbox"
          checked={value === 'true'}
          onChange={({ target }) => change(String(target.checked))}
        />
        {label}
      </label>
    );
  }
  return (
    <label>
      {label}
      {kind === 'choice' && (
        <select
          value={value === '' ? choices[0]?.value : value}
          onChange={({ target }) => change(target.value)}
        >
          {choices.map((choice) => (
            <option key={choice.value} value={choice.value}>
              {choice.label}
            </option>
          ))}
        </select>
      )}
      {kind === 'lines' && (
        <textarea
          rows={3}
          required={required}
          placeholder={example}
          spellCheck={false}
          value={value}
          onChange={({ target }) => change(target.value)}
        />
      )}
      {(kind === 'text' || kind === 'number') && (
        <input
          type={kind}
          required={required}
          placeholder={example}
          autoComplete="off"
          value={value}
          onChange={({ target }) => change(target.value)}
        />
      )}
    </label>
  );
}

/** Asks before a check goes, and says what will come of it. */
export function RemoveCheck(props: {
  readonly environment: number;
  readonly line: CheckLine;
  readonly close: () => void;
}): ReactElement {
  const { line, close } = props;
  const order = useOrderCheck(props.environment);
  return (
    <Dialog title={`Remove: ${line.title}?`} kind="small" close={close}>
      <p>Stages that ask from now on are not checked by it. Those that wait for it already go on to wait.</p>
      {order.error !== null && <Trouble error={order.error} />}
      <div className="dialog-actions">
        <button type="button" className="button" onClick={close}>
          Leave it
        </button>
        <button
          type="button"
          className="button button-danger"
          disabled={order.isPending}
          onClick={() => order.mutate({ act: 'remove', check: line.check }, { onSuccess: close })}
        >
          Remove it
        </button>
      </div>
    </Dialog>
  );
}
