import type { ReactElement } from 'react';
import { Link } from '../../app/navigation.tsx';
import { Empty } from '../../components/feedback/notice.tsx';
import { DataTable } from '../../components/manage/data-table.tsx';
import { Loaded } from '../../components/manage/loaded.tsx';
import { Panel } from '../../components/manage/panel.tsx';
import { useSession } from '../../data/context.tsx';
import { useConnections } from '../../data/library.ts';
import { schemeLabel } from '../../view-models/manage/connection-form.ts';

/** The service connections of the project. */
export function ConnectionList(): ReactElement {
  const connections = useConnections();
  const { me } = useSession();
  const add = me.permissions.includes('manageLibrary') && (
    <Link className="button" to="library/connections/new">
      New service connection
    </Link>
  );
  return (
    <Panel title="Service connections" acts={add}>
      <Loaded query={connections} what="the service connections">
        {(list) =>
          list.length === 0 ? (
            <Empty title="No service connection yet">
              <p>A connection is the address of a service with what proves who calls it.</p>
            </Empty>
          ) : (
            <DataTable
              caption="Service connections"
              rows={list}
              keyOf={({ id }) => id}
              columns={[
                {
                  head: 'Name',
                  cell: ({ id, name }) => (
                    <Link to={`library/connections/${id}`} data-nav="">
                      <bdi>{name}</bdi>
                    </Link>
                  ),
                },
                { head: 'Address', cell: ({ url }) => <bdi>{url}</bdi> },
                { head: 'Proof', cell: ({ authorization }) => schemeLabel(authorization.scheme) },
                { head: 'What for', cell: ({ description }) => <bdi>{description}</bdi> },
              ]}
            />
          )
        }
      </Loaded>
    </Panel>
  );
}
