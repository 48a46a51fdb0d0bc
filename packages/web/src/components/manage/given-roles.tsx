import type { RoleResource, RoleView } from '@signalbox/api';
import type { ReactElement } from 'react';
import { useState } from 'react';
import { useSession } from '../../data/context.tsx';
import type { RoleScope } from '../../data/people.ts';
import { useGivenRoles, useGiveRole, useTakeRole } from '../../data/people.ts';
import type { RoleWords } from '../../view-models/manage/people.ts';
import { rolesAt } from '../../view-models/manage/people.ts';
import { ConfirmButton } from './confirm-button.tsx';
import { DataTable } from './data-table.tsx';
import { Loaded } from './loaded.tsx';
import { Panel } from './panel.tsx';
import { SubmitForm } from './submit-form.tsx';
import { WhoFields, type Who } from './who-fields.tsx';

interface Props {
  readonly title: string;
  readonly note: string;
  readonly scope: RoleScope;
  /** Absent: the whole project or organisation. */
  readonly resource?: RoleResource;
  /** The roles that count there, each with what it lets people do. */
  readonly roles: readonly RoleWords[];
}

/** Who has which role at one place, and the way to give one and take it away. */
export function GivenRoles(props: Props): ReactElement {
  const { title, note, scope, resource } = props;
  const given = useGivenRoles(scope);
  const { me, everywhere } = useSession();
  const may = (scope === 'project' ? me.permissions : everywhere).includes('manageRoles');
  return (
    <Panel title={title} note={note}>
      <Loaded query={given} what="the roles" rows={1}>
        {(all) => (
          <RoleTable {...props} given={rolesAt(all, resource === undefined ? {} : { resource })} may={may} />
        )}
      </Loaded>
      {may && <Give {...props} />}
    </Panel>
  );
}

function RoleTable(
  props: Props & { readonly given: readonly RoleView[]; readonly may: boolean },
): ReactElement {
  const { title, scope, given, may, roles } = props;
  const take = useTakeRole(scope);
  if (given.length === 0) return <p className="none">Nobody has a role of their own here.</p>;
  return (
    <DataTable
      caption={title}
      rows={given}
      keyOf={({ kind, name, role }) => `${kind} ${name} ${role}`}
      columns={[
        {
          head: 'Who',
          cell: ({ kind, name }) => (
            <>
              {kind === 'group' && 'the group '}
              <bdi>{name}</bdi>
            </>
          ),
        },
        { head: 'Role', cell: ({ role }) => role },
        { head: 'May', cell: ({ role }) => roles.find((one) => one.role === role)?.may },
        {
          head: 'What can be done',
          acts: true,
          cell: (one) =>
            may && (
              <ConfirmButton
                change={take}
                order={one}
                label="Take away"
                about={`Take the role ${one.role} from ${one.name}`}
                text="It ends at once, for every session and token. Other roles stay."
              />
            ),
        },
      ]}
    />
  );
}

function Give({ scope, resource, roles }: Props): ReactElement {
  const [form, setForm] = useState<Form>(NOBODY);
  const give = useGiveRole(scope);
  const role = roles.find((one) => one.role === form.role)?.role ?? roles[0]?.role ?? 'reader';
  return (
    <SubmitForm
      change={give}
      order={() => ({
        kind: form.kind,
        name: form.name.trim(),
        role,
        ...(resource !== undefined && { resource }),
      })}
      label="Give the role"
      said="Given."
      done={() => setForm(NOBODY)}
    >
      <div className="form-pair">
        <WhoFields who={form} change={(who) => setForm({ ...form, ...who })} />
      </div>
      <label>
        Role
        <select value={role} onChange={({ target }) => setForm({ ...form, role: target.value })}>
          {roles.map((one) => (
            <option key={one.role} value={one.role}>
              {one.role}: {one.may}
            </option>
          ))}
        </select>
      </label>
    </SubmitForm>
  );
}

interface Form extends Who {
  readonly role: string;
}

const NOBODY: Form = { kind: 'user', name: '', role: '' };
