import type { UserView } from '@signalbox/api';
import type { ReactElement } from 'react';
import { useState } from 'react';
import { Empty } from '../../components/feedback/notice.tsx';
import { MarkIcon } from '../../components/icon/icon.tsx';
import { DataTable } from '../../components/manage/data-table.tsx';
import { Loaded } from '../../components/manage/loaded.tsx';
import { Panel } from '../../components/manage/panel.tsx';
import { Refused } from '../../components/manage/refused.tsx';
import { useSession } from '../../data/context.tsx';
import { useChangeUser, useUsers } from '../../data/people.ts';
import { userMark } from '../../view-models/manage/people.ts';
import { EditUser, NewUser } from './edit-user.tsx';

/** The users: people, and services that act under a name of their own. */
export function UsersPart(): ReactElement {
  const users = useUsers();
  const { everywhere } = useSession();
  const [open, setOpen] = useState<UserView | 'new'>();
  const add = everywhere.includes('manageTokens') && (
    <button type="button" className="button" onClick={() => setOpen('new')}>
      New user
    </button>
  );
  return (
    <Panel
      title="Users"
      note="A user may do nothing until a role is given to him, or to a group that he is in."
      acts={add}
    >
      <Loaded query={users} what="the users">
        {(list) =>
          list.length === 0 ? (
            <Empty title="No user yet">
              <p>Make one for everybody who signs in, and one for each service that calls the server.</p>
            </Empty>
          ) : (
            <UserTable users={list} edit={setOpen} />
          )
        }
      </Loaded>
      {open === 'new' && <NewUser close={() => setOpen(undefined)} />}
      {open !== undefined && open !== 'new' && <EditUser user={open} close={() => setOpen(undefined)} />}
    </Panel>
  );
}

function UserTable(props: {
  readonly users: readonly UserView[];
  readonly edit: (user: UserView) => void;
}): ReactElement {
  const change = useChangeUser();
  const { me } = useSession();
  return (
    <>
      <DataTable
        caption="Users"
        rows={props.users}
        keyOf={({ id }) => id}
        columns={[
          {
            head: 'User',
            cell: (user) => (
              <span className="state">
                <MarkIcon mark={userMark(user)} /> <bdi>{user.name}</bdi>
              </span>
            ),
          },
          { head: 'State', cell: (user) => userMark(user).label },
          { head: 'Shown as', cell: ({ displayName }) => <bdi>{displayName}</bdi> },
          {
            head: 'Mail',
            cell: ({ mail }) => (mail === '' ? <span className="quiet">none</span> : <bdi>{mail}</bdi>),
          },
          { head: 'Kind', cell: ({ kind }) => kind },
          {
            head: 'What can be done',
            acts: true,
            cell: (user) => (
              <>
                <Act does="Change" user={user} act={() => props.edit(user)} />
                {user.name !== me.name && (
                  <Act
                    does={user.active ? 'Disable' : 'Enable'}
                    user={user}
                    busy={change.isPending}
                    act={() => change.mutate({ name: user.name, patch: { active: !user.active } })}
                  />
                )}
              </>
            ),
          },
        ]}
      />
      <Refused error={change.error} />
    </>
  );
}

function Act(props: {
  readonly does: string;
  readonly user: UserView;
  readonly busy?: boolean;
  readonly act: () => void;
}): ReactElement {
  const { does, user, busy = false, act } = props;
  return (
    <button
      type="button"
      className="button"
      aria-label={`${does} the user ${user.name}`}
      disabled={busy}
      onClick={act}
    >
      {does}
    </button>
  );
}
