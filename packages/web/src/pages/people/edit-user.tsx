import type { UserView } from '@signalbox/api';
import type { ReactElement } from 'react';
import { useState } from 'react';
import { Dialog } from '../../components/dialogs/dialog.tsx';
import { SubmitForm } from '../../components/manage/submit-form.tsx';
import { useChangeUser, useCreateUser } from '../../data/people.ts';

interface Props {
  /** Absent: a new one. */
  readonly user?: UserView;
  readonly close: () => void;
}

/** Makes a user, or changes how he is shown; a name stays for ever. */
export function EditUser({ user, close }: Props): ReactElement {
  const [form, setForm] = useState({
    name: '',
    displayName: user?.displayName ?? '',
    mail: user?.mail ?? '',
    kind: user?.kind ?? ('person' as const),
  });
  const fields = (
    <>
      <label>
        Shown as
        <input
          value={form.displayName}
          placeholder={user?.name ?? form.name}
          onChange={({ target }) => setForm({ ...form, displayName: target.value })}
          autoComplete="off"
        />
      </label>
      <label>
        Mail
        <input
          type="email"
          value={form.mail}
          onChange={({ target }) => setForm({ ...form, mail: target.value })}
          autoComplete="off"
        />
      </label>
    </>
  );
  const shown = form.displayName.trim();
  const described = { ...(shown !== '' && { displayName: shown }), mail: form.mail.trim() };
  const create = useCreateUser();
  const change = useChangeUser();
  if (user !== undefined)
    return (
      <Dialog title={user.name} kind="small" close={close}>
        <SubmitForm
          change={change}
          order={() => ({ name: user.name, patch: described })}
          label="Save"
          close={close}
          done={close}
        >
          {fields}
        </SubmitForm>
      </Dialog>
    );
  return (
    <Dialog title="New user" kind="small" close={close}>
      <SubmitForm
        change={create}
        order={() => ({ name: form.name.trim(), kind: form.kind, ...described })}
        label="Make the user"
        close={close}
        done={close}
      >
        <label>
          Name
          <input
            required
            value={form.name}
            onChange={({ target }) => setForm({ ...form, name: target.value })}
            autoComplete="off"
            autoFocus
          />
          <span className="hint">Approvals, roles and the audit name him by it; it never changes.</span>
        </label>
        <label>
          Kind
          <select
            value={form.kind}
            onChange={({ target }) =>
              setForm({ ...form, kind: target.value === 'service' ? 'service' : 'person' })
            }
          >
            <option value="person">person</option>
            <option value="service">service</option>
          </select>
        </label>
        {fields}
      </SubmitForm>
    </Dialog>
  );
}
