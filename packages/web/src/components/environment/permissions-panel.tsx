import type { PermissionPatch } from '@signalbox/api';
import type { ReactElement } from 'react';
import { useState } from 'react';
import { useSession } from '../../data/context.tsx';
import { usePermit, usePipelinePermissions } from '../../data/pipeline-permissions.ts';
import { useDefinitions } from '../../data/queries.ts';
import { Skeleton, Trouble } from '../feedback/notice.tsx';

/** Which pipelines may use an environment. */
export function PermissionsPanel(props: { readonly environment: number }): ReactElement {
  const resource = { type: 'environment', id: props.environment };
  const permissions = usePipelinePermissions(resource);
  const { me } = useSession();
  const permit = usePermit(resource);
  const may = me.permissions.includes('administerResources');
  const change = (patch: PermissionPatch): void => permit.mutate(patch);
  const all = permissions.data?.allPipelines?.authorized ?? true;
  return (
    <section className="panel" aria-labelledby="permissions-title">
      <h2 id="permissions-title">Pipelines that may use it</h2>
      {permissions.error !== null && (
        <Trouble error={permissions.error} again={() => void permissions.refetch()} />
      )}
      {permissions.isPending && <Skeleton what="the permissions" rows={1} />}
      {permissions.data !== undefined && (
        <>
          <label className="flag">
            <input
              type="checkbox"
              checked={all}
              disabled={!may || permit.isPending}
              onChange={() => change({ allPipelines: { authorized: !all } })}
            />
            Every pipeline of the project
          </label>
          {!all && (
            <Listed ids={permissions.data.pipelines} may={may} busy={permit.isPending} change={change} />
          )}
        </>
      )}
      {permit.error !== null && <Trouble error={permit.error} />}
    </section>
  );
}

function Listed(props: {
  readonly ids: readonly { readonly id: number; readonly authorized: boolean }[];
  readonly may: boolean;
  readonly busy: boolean;
  readonly change: (patch: PermissionPatch) => void;
}): ReactElement {
  const { may, busy, change } = props;
  const definitions = useDefinitions().data ?? [];
  const permitted = props.ids.filter(({ authorized }) => authorized);
  const others = definitions.filter((one) => !permitted.some(({ id }) => id === one.id));
  const [chosen, choose] = useState('');
  const next = others.find(({ id }) => String(id) === chosen) ?? others[0];
  return (
    <>
      {permitted.length === 0 && <p className="panel-note">No pipeline may use it yet.</p>}
      <ul className="plain-rows">
        {permitted.map(({ id }) => {
          const name = definitions.find((one) => one.id === id)?.name ?? `pipeline ${id}`;
          return (
            <li key={id}>
              <bdi>{name}</bdi>
              {may && (
                <button
                  type="button"
                  className="button button-quiet"
                  disabled={busy}
                  onClick={() => change({ pipelines: [{ id, authorized: false }] })}
                >
                  Take it away<span className="hidden"> from {name}</span>
                </button>
              )}
            </li>
          );
        })}
      </ul>
      {may && next !== undefined && (
        <div className="form one-line">
          <label>
            <span className="hidden">Pipeline to permit</span>
            <select value={String(next.id)} onChange={({ target }) => choose(target.value)}>
              {others.map(({ id, name }) => (
                <option key={id} value={id}>
                  {name}
                </option>
              ))}
            </select>
          </label>
          <button
            type="button"
            className="button"
            disabled={busy}
            onClick={() => change({ pipelines: [{ id: next.id, authorized: true }] })}
          >
            Permit it
          </button>
        </div>
      )}
    </>
  );
}
