import type { ReactElement } from 'react';
import { Link } from '../../app/navigation.tsx';
import { Empty } from '../../components/feedback/notice.tsx';
import { When } from '../../components/feedback/when.tsx';
import { DataTable } from '../../components/manage/data-table.tsx';
import { Loaded } from '../../components/manage/loaded.tsx';
import { Panel } from '../../components/manage/panel.tsx';
import { useNow } from '../../data/clock.ts';
import { useSession } from '../../data/context.tsx';
import { useGroups } from '../../data/library.ts';
import { counted } from '../../view-models/names.ts';
import { ago, moment } from '../../view-models/time.ts';

/** The variable groups of the project. */
export function GroupList(): ReactElement {
  const groups = useGroups();
  const now = useNow();
  const { me } = useSession();
  const add = me.permissions.includes('manageLibrary') && (
    <Link className="button" to="library/groups/new">
      New variable group
    </Link>
  );
  return (
    <Panel title="Variable groups" acts={add}>
      <Loaded query={groups} what="the variable groups">
        {(list) =>
          list.length === 0 ? (
            <Empty title="No variable group yet">
              <p>
                A group holds values and secrets that several pipelines use; a pipeline names it under{' '}
                <code>variables: - group:</code>.
              </p>
            </Empty>
          ) : (
            <DataTable
              caption="Variable groups"
              rows={list}
              keyOf={({ id }) => id}
              columns={[
                {
                  head: 'Name',
                  cell: ({ id, name }) => (
                    <Link to={`library/groups/${id}`} data-nav="">
                      <bdi>{name}</bdi>
                    </Link>
                  ),
                },
                { head: 'Holds', cell: ({ variables }) => contentOf(variables) },
                { head: 'What for', cell: ({ description }) => <bdi>{description}</bdi> },
                {
                  head: 'Changed',
                  cell: ({ modifiedBy, modifiedOn }) => (
                    <>
                      <When at={moment(ago(modifiedOn, now), modifiedOn)} /> by{' '}
                      <bdi>{modifiedBy.displayName}</bdi>
                    </>
                  ),
                },
              ]}
            />
          )
        }
      </Loaded>
    </Panel>
  );
}

function contentOf(variables: Readonly<Record<string, { readonly isSecret?: true }>>): string {
  const secrets = Object.values(variables).filter(({ isSecret }) => isSecret === true).length;
  const words = counted(Object.keys(variables).length, 'variable');
  return secrets === 0 ? words : `${words}, ${secrets} secret`;
}
