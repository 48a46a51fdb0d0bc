import type { EnvironmentRole, RoleAssignment } from '@signalbox/api';
import { ENVIRONMENT_ROLES } from '@signalbox/api';
import type { ReactElement } from 'react';
import { useState } from 'react';
import { DataTable } from '../../components/manage/data-table.tsx';
import { GivenRoles } from '../../components/manage/given-roles.tsx';
import { Loaded } from '../../components/manage/loaded.tsx';
import { Panel } from '../../components/manage/panel.tsx';
import { Refused } from '../../components/manage/refused.tsx';
import { SubmitForm } from '../../components/manage/submit-form.tsx';
import { WhoFields } from '../../components/manage/who-fields.tsx';
import { useSession } from '../../data/context.tsx';
import { useEnvironmentRoles, useSetEnvironmentRoles } from '../../data/people.ts';
import { PEOPLE_ROLES } from '../../view-models/manage/people.ts';

const NOBODY: RoleAssignment = { kind: 'user', name: '', role: 'User' };

/** Who has which role in the project, in the whole organisation, and on all environments of the project (ENV-3). */
export function RolesPart(): ReactElement {
  const { project } = useSession();
  return (
    <>
      <GivenRoles
        title={`Roles in ${project}`}
        note="They count in this project alone. Roles add up: none takes away what another one gives."
        scope="project"
        roles={PEOPLE_ROLES}
      />
      <GivenRoles
        title="Roles in the organisation"
        note="They count in every project."
        scope="organization"
        roles={PEOPLE_ROLES}
      />
      <EnvironmentRoles />
    </>
  );
}

function EnvironmentRoles(): ReactElement {
  const roles = useEnvironmentRoles();
  return (
    <Panel
      title="Roles on all environments"
      note="An administrator changes checks and roles, a user deploys, a creator makes environments, a reader looks. One environment can have more of its own."
    >
      <Loaded query={roles} what="the roles">
        {(list) => <Roles roles={list} />}
      </Loaded>
    </Panel>
  );
}

function Roles({ roles }: { readonly roles: readonly RoleAssignment[] }): ReactElement {
  const set = useSetEnvironmentRoles();
  const { me } = useSession();
  const may = me.permissions.includes('manageLocks');
  const without = (gone: RoleAssignment): readonly RoleAssignment[] => roles.filter((one) => one !== gone);
  return (
    <>
      {roles.length === 0 ? (
        <p className="none">
          Nobody has a role of their own here: what people may comes from their role in the project.
        </p>
      ) : (
        <DataTable
          caption="Roles on all environments"
          rows={roles}
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
            {
              head: 'What can be done',
              acts: true,
              cell: (one) =>
                may && (
                  <button
                    type="button"
                    className="button"
                    aria-label={`Take the role ${one.role} from ${one.name}`}
                    disabled={set.isPending}
                    onClick={() => set.mutate(without(one))}
                  >
                    Take away
                  </button>
                ),
            },
          ]}
        />
      )}
      <Refused error={set.error} />
      {may && <Give roles={roles} />}
    </>
  );
}

function Give({ roles }: { readonly roles: readonly RoleAssignment[] }): ReactElement {
  const set = useSetEnvironmentRoles();
  const [given, give] = useState(NOBODY);
  return (
    <SubmitForm
      change={set}
      order={() => [...roles, { ...given, name: given.name.trim() }]}
      label="Give the role"
      done={() => give(NOBODY)}
    >
      <div className="form-pair">
        <WhoFields who={given} change={(who) => give({ ...given, ...who })} />
        <label>
          Role
          <select
            value={given.role}
            onChange={({ target }) => give({ ...given, role: roleNamed(target.value) })}
          >
            {ENVIRONMENT_ROLES.map((role) => (
              <option key={role}>{role}</option>
            ))}
          </select>
        </label>
      </div>
    </SubmitForm>
  );
}

function roleNamed(text: string): EnvironmentRole {
  return ENVIRONMENT_ROLES.find((role) => role === text) ?? 'Reader';
}
