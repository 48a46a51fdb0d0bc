import type { ReactElement } from 'react';
import type { FormField } from '../../view-models/queue-form.ts';

interface Props {
  readonly field: FormField;
  readonly value: string;
  readonly set: (value: string) => void;
}

/** A parameter of a pipeline, asked for as its type wants it. */
export function ParameterField({ field, value, set }: Props): ReactElement {
  if (field.kind === 'switch') {
    return (
      <label className="tick">
        <input
          type="checkbox"
          checked={value.toLowerCase() === 'true'}
          onChange={(event) => set(String(event.target.checked))}
        />{' '}
        {field.label}
      </label>
    );
  }
  return (
    <label>
      <span>
        {field.label}
        {field.required && <span className="queue-needed"> needed</span>}
      </span>
      <Control field={field} value={value} set={set} />
      {field.help !== '' && <span className="queue-help">{field.help}</span>}
    </label>
  );
}

function Control({ field, value, set }: Props): ReactElement {
  const { kind, required } = field;
  if (kind === 'choice') {
    return (
      <select value={value} onChange={(event) => set(event.target.value)} required={required}>
        {field.choices.map((choice) => (
          <option key={choice}>{choice}</option>
        ))}
      </select>
    );
  }
  if (kind === 'data') {
    return (
      <textarea rows={4} value={value} onChange={(event) => set(event.target.value)} spellCheck={false} />
    );
  }
  return (
    <input
      type="text"
      inputMode={kind === 'number' ? 'decimal' : 'text'}
      value={value}
      onChange={(event) => set(event.target.value)}
      required={required}
      autoComplete="off"
      spellCheck={false}
    />
  );
}
