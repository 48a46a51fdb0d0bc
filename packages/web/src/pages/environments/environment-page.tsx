import type { WireEnvironment } from '@signalbox/api';
import type { ReactElement } from 'react';
import { useState } from 'react';
import { Link } from '../../app/navigation.tsx';
import { Heading } from '../../components/chrome/heading.tsx';
import { ChecksPanel } from '../../components/environment/checks-panel.tsx';
import { DeploymentTable } from '../../components/environment/deployment-table.tsx';
import { MachinesPanel } from '../../components/environment/machines-panel.tsx';
import { RolesPanel } from '../../components/environment/roles-panel.tsx';
import { Guard } from '../../components/feedback/guard.tsx';
import { Skeleton, Trouble } from '../../components/feedback/notice.tsx';
import { PermissionsPanel } from '../../components/manage/permissions-panel.tsx';
import { useNow } from '../../data/clock.ts';
import { useDeployments } from '../../data/environments.ts';
import { useLocks } from '../../data/queries.ts';
import {
  deploymentLines,
  environmentRows,
  latestPerPipeline,
} from '../../view-models/environment/deployments.ts';

/** Deployments that the history shows at first, and with each step back. */
const SHOWN = 50;

/** One environment: what is deployed there, what was, what has to be true before, and who may. */
export function EnvironmentPage(props: { readonly environment: WireEnvironment }): ReactElement {
  const { environment } = props;
  const { id, name, description } = environment;
  const [row] = environmentRows([environment], useLocks().data ?? []);
  return (
    <>
      <Heading
        title={name}
        trail={[{ label: 'Environments', to: 'environments' }]}
        acts={
          row?.lock && (
            <Link className="button" to={`locks/${row.lock.id}`}>
              Lock: {row.lock.text}
            </Link>
          )
        }
      />
      {description !== '' && <p className="environment-text">{description}</p>}
      <div className="environment-columns">
        <div className="environment-main">
          <Guard>
            <Deployments environment={id} />
          </Guard>
        </div>
        <div className="environment-main">
          <Guard>
            <ChecksPanel environment={id} lock={row?.lock?.id} />
          </Guard>
          <Guard>
            <PermissionsPanel resource={{ type: 'environment', id: String(id) }} />
          </Guard>
          <Guard>
            <RolesPanel environment={id} />
          </Guard>
          <Guard>
            <MachinesPanel environment={id} />
          </Guard>
        </div>
      </div>
    </>
  );
}

function Deployments(props: { readonly environment: number }): ReactElement {
  const deployments = useDeployments(props.environment);
  const now = useNow();
  const [shown, setShown] = useState(SHOWN);
  if (deployments.data === undefined) {
    if (deployments.error === null) return <Skeleton what="the deployments" rows={4} />;
    return <Trouble error={deployments.error} again={() => void deployments.refetch()} />;
  }
  const lines = deploymentLines(deployments.data, now);
  const { hasNextPage, isFetchingNextPage } = deployments;
  const more = (): void => {
    setShown(shown + SHOWN);
    if (shown + SHOWN > lines.length && hasNextPage) void deployments.fetchNextPage();
  };
  return (
    <>
      <section className="panel" aria-labelledby="latest-title">
        <h2 id="latest-title">Deployed now</h2>
        {lines.length === 0 ? (
          <p className="panel-note">Nothing was deployed here yet.</p>
        ) : (
          <DeploymentTable
            lines={latestPerPipeline(lines)}
            caption="The latest deployment of each pipeline"
          />
        )}
      </section>
      {lines.length > 0 && (
        <section className="panel" aria-labelledby="history-title">
          <h2 id="history-title">History</h2>
          <DeploymentTable lines={lines.slice(0, shown)} caption="Deployments, newest first" />
          {(lines.length > shown || hasNextPage) && (
            <button type="button" className="button" disabled={isFetchingNextPage} onClick={more}>
              Show older deployments
            </button>
          )}
        </section>
      )}
    </>
  );
}
