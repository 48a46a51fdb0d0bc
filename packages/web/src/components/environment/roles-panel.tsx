import type { EnvironmentRole, RoleAssignment } from '@signalbox/api';
import { ENVIRONMENT_ROLES } from '@signalbox/api';
import type { FormEvent, ReactElement } from 'react';
import { useState } from 'react';
import { useSession } from '../../data/context.tsx';
import { useRoles, useSetRoles } from '../../data/environments.ts';
import { Skeleton, Trouble } from '../feedback/notice.tsx';

/** The roles that people have on an environment (ENV-3). */
export function RolesPanel(props: { readonly environment: number }): ReactElement {
  const roles = useRoles(props.environment);
  const set = useSetRoles(props.environment);
  const { me } = useSession();
  const may = me.permissions.includes('administerResources');
  const known = roles.data ?? [];
  const without = (one: RoleAssignment): readonly RoleAssignment[] =>
    known.filter(({ kind, name }) => kind !== one.kind || name !== one.name);
  return (
    <section className="panel" aria-labelledby="roles-title">
      <h2 id="roles-title">Roles</h2>
      {roles.error !== null && <Trouble error={roles.error} again={() => void roles.refetch()} />}
      {roles.isPending && <Skeleton what="the roles" rows={1} />}
      {roles.data?.length === 0 && (
        <p className="panel-note">Nobody has a role of their own here: the roles of the project count.</p>
      )}
      <ul className="plain-rows">
        {known.map((one) => (
          <li key={`${one.kind}/${one.name}`}>
            <span>
              <bdi>{one.kind === 'group' ? `the group ${one.name}` : one.name}</bdi>{' '}
              <span className="environment-about">{one.role}</span>
            </span>
            {may && (
              <button
                type="button"
                className="button button-quiet"
                disabled={set.isPending}
                onClick={() => set.mutate(without(one))}
              >
                Remove<span className="hidden"> the role of {one.name}</span>
              </button>
            )}
          </li>
        ))}
      </ul>
      {may && roles.data !== undefined && (
        <NewRole
          busy={set.isPending}
          add={(one, done) => set.mutate([...without(one), one], { onSuccess: done })}
        />
      )}
      {set.error !== null && <Trouble error={set.error} />}
    </section>
  );
}

function NewRole(props: {
  readonly busy: boolean;
  readonly add: (role: RoleAssignment, done: () => void) => void;
}): ReactElement {
  const [name, setName] = useState('');
  const [role, setRole] = useState<EnvironmentRole>('User');
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    const text = name.trim();
    const group = text.startsWith('@');
    props.add({ kind: group ? 'group' : 'user', name: group ? text.slice(1) : text, role }, () =>
      setName(''),
    );
  };
  return (
    <form className="form one-line" onSubmit={submit}>
      <label>
        <span className="hidden">User, or a group as @name</span>
        <input
          required
          pattern=".*\S.*"
          placeholder="user, or @group"
          autoComplete="off"
          value={name}
          onChange={({ target }) => setName(target.value)}
        />
      </label>
      <label>
        <span className="hidden">Role</span>
        <select value={role} onChange={({ target }) => setRole(roleOf(target.value))}>
          {ENVIRONMENT_ROLES.map((one) => (
            <option key={one}>{one}</option>
          ))}
        </select>
      </label>
      <button type="submit" className="button" disabled={props.busy}>
        Give it
      </button>
    </form>
  );
}

function roleOf(text: string): EnvironmentRole {
  return ENVIRONMENT_ROLES.find((one) => one === text) ?? 'User';
}
