import type { UserView } from '@signalbox/api';
import type { ReactElement } from 'react';
import { useState } from 'react';
import { Dialog } from '../../components/dialogs/dialog.tsx';
import { SubmitForm } from '../../components/manage/submit-form.tsx';
import { useChangeUser, useCreateUser } from '../../data/people.ts';

interface Described {
  readonly displayName: string;
  readonly mail: string;
}

/** Changes how a user is shown; his name stays for ever. */
export function EditUser(props: { readonly user: UserView; readonly close: () => void }): ReactElement {
  const { user, close } = props;
  const change = useChangeUser();
  const [form, setForm] = useState<Described>(user);
  return (
    <Dialog title={user.name} kind="small" close={close}>
      <SubmitForm
        change={change}
        order={() => ({ name: user.name, patch: described(form) })}
        label="Save"
        close={close}
        done={close}
      >
        <Description form={form} name={user.name} change={setForm} />
      </SubmitForm>
    </Dialog>
  );
}

/** Makes a user. */
export function NewUser({ close }: { readonly close: () => void }): ReactElement {
  const create = useCreateUser();
  const [name, setName] = useState('');
  const [kind, setKind] = useState<UserView['kind']>('person');
  const [form, setForm] = useState<Described>({ displayName: '', mail: '' });
  return (
    <Dialog title="New user" kind="small" close={close}>
      <SubmitForm
        change={create}
        order={() => ({ name: name.trim(), kind, ...described(form) })}
        label="Make the user"
        close={close}
        done={close}
      >
        <label>
          Name
          <input
            required
            value={name}
            onChange={({ target }) => setName(target.value)}
            autoComplete="off"
            autoFocus
          />
          <span className="hint">Approvals, roles and the audit name him by it; it never changes.</span>
        </label>
        <label>
          Kind
          <select
            value={kind}
            onChange={({ target }) => setKind(target.value === 'service' ? 'service' : 'person')}
          >
            <option value="person">person</option>
            <option value="service">service</option>
          </select>
        </label>
        <Description form={form} name={name} change={setForm} />
      </SubmitForm>
    </Dialog>
  );
}

function Description(props: {
  readonly form: Described;
  readonly name: string;
  readonly change: (form: Described) => void;
}): ReactElement {
  const { form, name, change } = props;
  return (
    <>
      <label>
        Shown as
        <input
          value={form.displayName}
          placeholder={name}
          onChange={({ target }) => change({ ...form, displayName: target.value })}
          autoComplete="off"
        />
      </label>
      <label>
        Mail
        <input
          type="email"
          value={form.mail}
          onChange={({ target }) => change({ ...form, mail: target.value })}
          autoComplete="off"
        />
      </label>
    </>
  );
}

/** An empty name to be shown under is none: the user is then shown under his name. */
function described({ displayName, mail }: Described): Partial<Described> {
  const shown = displayName.trim();
  return { ...(shown !== '' && { displayName: shown }), mail: mail.trim() };
}
