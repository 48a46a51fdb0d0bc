import type { WireVariableGroup } from '@signalbox/api';
import type { ReactElement } from 'react';
import { useState } from 'react';
import { useGo } from '../../app/navigation.tsx';
import { Heading } from '../../components/chrome/heading.tsx';
import { NotFound } from '../../components/chrome/not-found.tsx';
import { ConfirmButton } from '../../components/manage/confirm-button.tsx';
import { Loaded } from '../../components/manage/loaded.tsx';
import { Panel } from '../../components/manage/panel.tsx';
import { SubmitForm } from '../../components/manage/submit-form.tsx';
import { useSession } from '../../data/context.tsx';
import { useDeleteGroup, useGroups, useSaveGroup } from '../../data/library.ts';
import { groupForm, groupOrder, rowProblems, withRow } from '../../view-models/manage/group-form.ts';
import { ResourceAccess } from './resource-access.tsx';
import { VariableRows } from './variable-rows.tsx';

/** One variable group, or a new one: its values, and which pipelines may use it. */
export function GroupPage({ id }: { readonly id: string }): ReactElement {
  const groups = useGroups();
  return (
    <Loaded query={groups} what="the variable group" title="Library">
      {(list) => {
        if (id === 'new') return <Group />;
        const found = list.find((one) => String(one.id) === id);
        return found === undefined ? <NotFound what={`The variable group ${id}`} /> : <Group group={found} />;
      }}
    </Loaded>
  );
}

function Group({ group }: { readonly group?: WireVariableGroup }): ReactElement {
  const go = useGo();
  const { me } = useSession();
  const remove = useDeleteGroup();
  const may = me.permissions.includes('manageLibrary');
  return (
    <>
      <Heading
        title={group?.name ?? 'New variable group'}
        trail={[{ label: 'Library', to: 'library' }]}
        acts={
          group !== undefined &&
          may && (
            <ConfirmButton
              change={remove}
              order={group.id}
              label="Delete"
              about={`Delete the variable group ${group.name}`}
              text="Its values and its checks go with it. Pipelines that name it fail when they are queued."
              done={() => go('library/groups')}
            />
          )
        }
      />
      <div className="manage">
        <Values {...(group !== undefined && { group })} may={may} />
        {group !== undefined && <ResourceAccess type="variablegroup" id={group.id} />}
      </div>
    </>
  );
}

function Values(props: { readonly group?: WireVariableGroup; readonly may: boolean }): ReactElement {
  const { group, may } = props;
  const { me } = useSession();
  // What was read when the form was opened: whoever saves it says what he changes.
  const [before, setBefore] = useState(group);
  const [form, setForm] = useState(() => groupForm(group));
  const save = useSaveGroup();
  const go = useGo();
  const problems = rowProblems(form);
  const saved = (answer: WireVariableGroup): void => {
    setBefore(answer);
    setForm(groupForm(answer));
    if (group === undefined) go(`library/groups/${answer.id}`, { replace: true });
  };
  return (
    <Panel title="Values" note="A secret value is never shown again; typing another one replaces it.">
      <SubmitForm
        change={save}
        order={() => (problems.size > 0 ? undefined : { group: groupOrder(form), ...(before && { before }) })}
        label="Save"
        said="Saved."
        done={saved}
        disabled={!may}
      >
        <fieldset className="bare" disabled={!may}>
          <legend className="hidden">Variable group</legend>
          <div className="form-pair">
            <label>
              Name
              <input
                required
                value={form.name}
                onChange={({ target }) => setForm({ ...form, name: target.value })}
                autoComplete="off"
              />
            </label>
            <label>
              What for
              <input
                value={form.description}
                onChange={({ target }) => setForm({ ...form, description: target.value })}
                autoComplete="off"
              />
            </label>
          </div>
          <VariableRows form={form} problems={problems} change={setForm} />
          <button type="button" className="button row-add" onClick={() => setForm(withRow(form))}>
            Add a variable
          </button>
        </fieldset>
        {!may && <p className="hint">Your role, {me.role}, may look at it, and not change it.</p>}
      </SubmitForm>
    </Panel>
  );
}
