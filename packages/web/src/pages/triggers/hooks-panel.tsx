import type { PushHookView, TriggerView } from '@signalbox/api';
import type { ReactElement } from 'react';
import { useState } from 'react';
import { ConfirmButton } from '../../components/manage/confirm-button.tsx';
import { Copied } from '../../components/manage/copied.tsx';
import { DataTable } from '../../components/manage/data-table.tsx';
import { Loaded } from '../../components/manage/loaded.tsx';
import { Panel } from '../../components/manage/panel.tsx';
import { SubmitForm } from '../../components/manage/submit-form.tsx';
import { useSession } from '../../data/context.tsx';
import { useAddPushHook, usePushHooks, useRemovePushHook } from '../../data/triggers.ts';

/** The addresses that servers of repositories call, so that a push starts runs at once. */
export function HooksPanel(props: { readonly triggers: readonly TriggerView[] }): ReactElement | null {
  const { me } = useSession();
  return me.permissions.includes('editDefinitions') ? <Hooks {...props} /> : null;
}

function Hooks({ triggers }: { readonly triggers: readonly TriggerView[] }): ReactElement {
  const hooks = usePushHooks();
  return (
    <Panel
      title="Push hooks"
      note="Without a hook the repository is looked at every so often. With one, its server tells of each push at once."
    >
      <Loaded query={hooks} what="the push hooks" rows={1}>
        {(list) => (list.length === 0 ? <p className="none">No hook yet.</p> : <HookTable list={list} />)}
      </Loaded>
      {triggers.length > 0 && <NewHook triggers={triggers} />}
    </Panel>
  );
}

function HookTable({ list }: { readonly list: readonly PushHookView[] }): ReactElement {
  const remove = useRemovePushHook();
  return (
    <DataTable
      caption="Push hooks"
      rows={list}
      keyOf={({ id }) => id}
      columns={[
        { head: 'Repository', cell: ({ repository }) => <bdi>{repository}</bdi> },
        { head: 'Address', cell: ({ url }) => <code>{url}</code> },
        {
          head: 'What can be done',
          acts: true,
          cell: ({ id, repository }) => (
            <ConfirmButton
              change={remove}
              order={id}
              label="Remove"
              about={`Remove the hook of ${repository}`}
              text="Calls to its address are refused from now on."
            />
          ),
        },
      ]}
    />
  );
}

function NewHook({ triggers }: { readonly triggers: readonly TriggerView[] }): ReactElement {
  const add = useAddPushHook();
  const [chosen, choose] = useState(triggers[0]?.pipeline.id ?? 0);
  const made = add.data;
  return (
    <>
      {made !== undefined && (
        <div className="said-once" role="status">
          <p>Give the server of the repository this address and this secret:</p>
          <Copied label="Address of the hook" text={made.url} />
          {made.secret !== undefined && <Copied label="Secret of the hook" text={made.secret} once />}
        </div>
      )}
      <SubmitForm change={add} order={() => chosen} label="Make a hook">
        <label>
          For the repository of
          <select value={chosen} onChange={({ target }) => choose(Number(target.value))}>
            {triggers.map(({ pipeline }) => (
              <option key={pipeline.id} value={pipeline.id}>
                {pipeline.name}
              </option>
            ))}
          </select>
        </label>
      </SubmitForm>
    </>
  );
}
