import type { GroupView } from '@signalbox/api';
import type { ReactElement } from 'react';
import { useState } from 'react';
import { Dialog } from '../../components/dialogs/dialog.tsx';
import { Empty } from '../../components/feedback/notice.tsx';
import { ConfirmButton } from '../../components/manage/confirm-button.tsx';
import { DataTable } from '../../components/manage/data-table.tsx';
import { Loaded } from '../../components/manage/loaded.tsx';
import { Panel } from '../../components/manage/panel.tsx';
import { SubmitForm } from '../../components/manage/submit-form.tsx';
import { useSession } from '../../data/context.tsx';
import { useRemoveGroup, useSetGroup, useUserGroups } from '../../data/people.ts';
import { membersForm, membersOrder } from '../../view-models/manage/people.ts';

/** The groups that approvals and roles name, with who is in them. */
export function GroupsPart(): ReactElement {
  const groups = useUserGroups();
  const { everywhere } = useSession();
  const [open, setOpen] = useState<GroupView | 'new'>();
  const may = everywhere.includes('manageTokens');
  const add = may && (
    <button type="button" className="button" onClick={() => setOpen('new')}>
      New group
    </button>
  );
  return (
    <Panel
      title="Groups"
      note="Approvals and roles name groups; whoever joins one has what it has."
      acts={add}
    >
      <Loaded query={groups} what="the groups">
        {(list) =>
          list.length === 0 ? (
            <Empty title="No group yet">
              <p>A group lets several people decide an approval, or gives all of them a role at once.</p>
            </Empty>
          ) : (
            <GroupTable groups={list} edit={may ? setOpen : undefined} />
          )
        }
      </Loaded>
      {open !== undefined && (
        <EditGroup group={open === 'new' ? undefined : open} close={() => setOpen(undefined)} />
      )}
    </Panel>
  );
}

function GroupTable(props: {
  readonly groups: readonly GroupView[];
  readonly edit: ((group: GroupView) => void) | undefined;
}): ReactElement {
  const { groups, edit } = props;
  const remove = useRemoveGroup();
  return (
    <DataTable
      caption="Groups"
      rows={groups}
      keyOf={({ name }) => name}
      columns={[
        { head: 'Group', cell: ({ name }) => <bdi>{name}</bdi> },
        {
          head: 'In it',
          cell: ({ members, groups: inner }) =>
            [...members, ...inner.map((one) => `the group ${one}`)].join(', ') || 'nobody',
        },
        { head: 'What for', cell: ({ description }) => <bdi>{description}</bdi> },
        {
          head: 'What can be done',
          acts: true,
          cell: (group) =>
            edit !== undefined && (
              <>
                <button
                  type="button"
                  className="button"
                  aria-label={`Change the group ${group.name}`}
                  onClick={() => edit(group)}
                >
                  Change
                </button>
                <ConfirmButton
                  change={remove}
                  order={group.name}
                  label="Remove"
                  about={`Remove the group ${group.name}`}
                  text="Approvals that name it wait for nobody in it."
                />
              </>
            ),
        },
      ]}
    />
  );
}

function EditGroup(props: {
  readonly group: GroupView | undefined;
  readonly close: () => void;
}): ReactElement {
  const { group, close } = props;
  const save = useSetGroup();
  const [form, setForm] = useState(() => membersForm(group));
  return (
    <Dialog title={group?.name ?? 'New group'} kind="small" close={close}>
      <SubmitForm change={save} order={() => membersOrder(form)} label="Save" close={close} done={close}>
        {group === undefined && (
          <label>
            Name
            <input
              required
              value={form.name}
              onChange={({ target }) => setForm({ ...form, name: target.value })}
              autoComplete="off"
              autoFocus
            />
          </label>
        )}
        <label>
          What for
          <input
            value={form.description}
            onChange={({ target }) => setForm({ ...form, description: target.value })}
            autoComplete="off"
          />
        </label>
        <label>
          Users in it, one to a line
          <textarea
            rows={5}
            value={form.members}
            onChange={({ target }) => setForm({ ...form, members: target.value })}
            spellCheck={false}
          />
        </label>
        <label>
          Groups in it, one to a line
          <textarea
            rows={3}
            value={form.groups}
            onChange={({ target }) => setForm({ ...form, groups: target.value })}
            spellCheck={false}
          />
          <span className="hint">Whoever is in one of them is in this group, too.</span>
        </label>
      </SubmitForm>
    </Dialog>
  );
}
