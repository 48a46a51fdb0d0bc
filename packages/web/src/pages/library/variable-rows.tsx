import type { ReactElement } from 'react';
import { useId } from 'react';
import type { GroupForm, VariableRow } from '../../view-models/manage/group-form.ts';
import { changedRow, isKept, withoutRow } from '../../view-models/manage/group-form.ts';

interface Props {
  readonly form: GroupForm;
  readonly problems: ReadonlyMap<number, string>;
  readonly change: (form: GroupForm) => void;
}

/** The variables of a group, one to a row. */
export function VariableRows({ form, problems, change }: Props): ReactElement {
  if (form.rows.length === 0) return <p className="none">No variable yet.</p>;
  return (
    <ul className="rows" aria-label="Variables">
      {form.rows.map((row) => (
        <Row
          key={row.key}
          row={row}
          problem={problems.get(row.key)}
          change={(part) => change(changedRow(form, row.key, part))}
          remove={() => change(withoutRow(form, row.key))}
        />
      ))}
    </ul>
  );
}

function Row(props: {
  readonly row: VariableRow;
  readonly problem: string | undefined;
  readonly change: (part: Partial<VariableRow>) => void;
  readonly remove: () => void;
}): ReactElement {
  const { row, problem, change, remove } = props;
  const id = useId();
  const name = row.name === '' ? 'the new variable' : row.name;
  return (
    <li>
      <label>
        <span>Name</span>
        <input
          value={row.name}
          onChange={({ target }) => change({ name: target.value })}
          aria-invalid={problem !== undefined}
          aria-describedby={problem === undefined ? undefined : id}
          autoComplete="off"
          spellCheck={false}
        />
      </label>
      <label>
        <span>Value</span>
        <input
          type={row.secret ? 'password' : 'text'}
          value={row.value}
          placeholder={isKept(row) ? 'kept; type to replace it' : ''}
          onChange={({ target }) => change({ value: target.value })}
          autoComplete={row.secret ? 'new-password' : 'off'}
          spellCheck={false}
        />
      </label>
      <label className="tick">
        <input
          type="checkbox"
          checked={row.secret}
          aria-label={`${name} is secret`}
          onChange={({ target }) => change({ secret: target.checked })}
        />
        Secret
      </label>
      <button type="button" className="button" aria-label={`Remove ${name}`} onClick={remove}>
        Remove
      </button>
      {problem !== undefined && (
        <p id={id} className="form-error">
          {problem}
        </p>
      )}
    </li>
  );
}
