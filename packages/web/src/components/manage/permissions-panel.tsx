import type { ResourceName } from '@signalbox/api';
import type { ReactElement } from 'react';
import { useState } from 'react';
import { Link } from '../../app/navigation.tsx';
import { useNow } from '../../data/clock.ts';
import { useSession } from '../../data/context.tsx';
import { usePermit, usePipelinePermissions } from '../../data/pipeline-permissions.ts';
import { useDefinitions } from '../../data/queries.ts';
import type { PermissionList } from '../../view-models/manage/permissions.ts';
import { permissionList } from '../../view-models/manage/permissions.ts';
import { When } from '../feedback/when.tsx';
import { DataTable } from './data-table.tsx';
import { Loaded } from './loaded.tsx';
import { Panel } from './panel.tsx';
import { Refused } from './refused.tsx';

/** Which pipelines may use a protected resource, and the way to change it (CHK-23). */
export function PermissionsPanel(props: { readonly resource: ResourceName }): ReactElement {
  const { resource } = props;
  const permissions = usePipelinePermissions(resource);
  const definitions = useDefinitions();
  const now = useNow();
  return (
    <Panel title="Pipelines that may use it">
      <Loaded query={permissions} what="the permissions" rows={1}>
        {(data) => <List {...props} list={permissionList(data, definitions.data ?? [], now)} />}
      </Loaded>
    </Panel>
  );
}

function List(props: { readonly resource: ResourceName; readonly list: PermissionList }): ReactElement {
  const { resource, list } = props;
  const permit = usePermit(resource);
  const { me } = useSession();
  const may = me.permissions.includes('administerResources');
  return (
    <>
      <p className="part-note">{list.text}</p>
      {may && (
        <form className="form">
          <label className="tick">
            <input
              type="checkbox"
              checked={list.open}
              disabled={permit.isPending}
              onChange={({ target }) => permit.mutate({ allPipelines: { authorized: target.checked } })}
            />
            Every pipeline may use it
          </label>
        </form>
      )}
      {list.named.length > 0 && (
        <DataTable
          caption="Pipelines that are named"
          rows={list.named}
          keyOf={({ id }) => id}
          columns={[
            { head: 'Pipeline', cell: ({ id, name }) => <Link to={`pipelines/${id}`}>{name}</Link> },
            { head: 'Permitted by', cell: ({ by }) => <bdi>{by}</bdi> },
            { head: 'When', cell: ({ on }) => <When at={on} /> },
            {
              head: 'What can be done',
              acts: true,
              cell: ({ id, name }) =>
                may && (
                  <button
                    type="button"
                    className="button"
                    aria-label={`Take the permission from ${name}`}
                    disabled={permit.isPending}
                    onClick={() => permit.mutate({ pipelines: [{ id, authorized: false }] })}
                  >
                    Take away
                  </button>
                ),
            },
          ]}
        />
      )}
      {may && list.others.length > 0 && (
        <Permit list={list} permit={(id) => permit.mutate({ pipelines: [{ id, authorized: true }] })} />
      )}
      <Refused error={permit.error} />
    </>
  );
}

function Permit(props: {
  readonly list: PermissionList;
  readonly permit: (id: number) => void;
}): ReactElement {
  const { list, permit } = props;
  const [chosen, choose] = useState('');
  const id = list.others.find((one) => String(one.id) === chosen)?.id ?? list.others[0]?.id;
  return (
    <div className="part-row">
      <select
        aria-label="Pipeline to permit"
        value={id}
        onChange={({ target }) => choose(target.value)}
        className="part-select"
      >
        {list.others.map((one) => (
          <option key={one.id} value={one.id}>
            {one.name}
          </option>
        ))}
      </select>
      <button type="button" className="button" onClick={() => id !== undefined && permit(id)}>
        Permit this pipeline
      </button>
    </div>
  );
}
