import type { ReactElement } from 'react';
import { GivenRoles } from '../../components/manage/given-roles.tsx';
import { PermissionsPanel } from '../../components/manage/permissions-panel.tsx';
import { RESOURCE_ROLES } from '../../view-models/manage/people.ts';

/** Which pipelines may use a thing of the library, and which people have a role on it alone. */
export function ResourceAccess(props: { readonly type: string; readonly id: string | number }): ReactElement {
  const { type, id } = props;
  return (
    <>
      <PermissionsPanel resource={{ type, id }} />
      <GivenRoles
        title="Roles on it"
        note="They count for this one alone; who has one needs a role in the project, too, to see it."
        scope="project"
        resource={{ type, id: String(id) }}
        roles={RESOURCE_ROLES}
      />
    </>
  );
}
