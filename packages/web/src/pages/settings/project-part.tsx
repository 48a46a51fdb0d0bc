import type { WireGeneralSettings, WireProject } from '@signalbox/api';
import type { ReactElement } from 'react';
import { useState } from 'react';
import { Loaded } from '../../components/manage/loaded.tsx';
import { Panel } from '../../components/manage/panel.tsx';
import { Refused } from '../../components/manage/refused.tsx';
import { SubmitForm } from '../../components/manage/submit-form.tsx';
import { TypedConfirm } from '../../components/manage/typed-confirm.tsx';
import { navigate } from '../../app/navigation.tsx';
import { pathTo } from '../../app/address.ts';
import { useSession } from '../../data/context.tsx';
import {
  useChangeGeneralSettings,
  useChangeProject,
  useDeleteProject,
  useGeneralSettings,
  useProject,
} from '../../data/settings.ts';

/** Name and description of the project, and what holds for all of its pipelines. */
export function ProjectPart(): ReactElement {
  const project = useProject();
  const general = useGeneralSettings();
  return (
    <>
      <Panel title="Project">
        <Loaded query={project} what="the project" rows={1}>
          {(data) => <Name project={data} />}
        </Loaded>
      </Panel>
      <Panel title="For all pipelines">
        <Loaded query={general} what="the settings" rows={1}>
          {(data) => <General settings={data} />}
        </Loaded>
      </Panel>
      {project.data !== undefined && <Delete project={project.data} />}
    </>
  );
}

function Name({ project }: { readonly project: WireProject }): ReactElement {
  const { me, everywhere } = useSession();
  const change = useChangeProject((name) =>
    navigate(pathTo(me.organization, name, 'settings'), { replace: true }),
  );
  const [name, setName] = useState(project.name);
  const [description, setDescription] = useState(project.description);
  const may = everywhere.includes('manageProjects');
  return (
    <SubmitForm
      change={change}
      order={() => ({ name: name.trim(), description: description.trim() })}
      label="Save"
      said="Saved."
      disabled={!may}
    >
      <fieldset className="bare" disabled={!may}>
        <legend className="hidden">Project</legend>
        <label>
          Name
          <input required maxLength={64} value={name} onChange={({ target }) => setName(target.value)} />
          <span className="hint">Links that have the old name end with it; those with the id go on.</span>
        </label>
        <label>
          Description
          <textarea rows={3} value={description} onChange={({ target }) => setDescription(target.value)} />
        </label>
      </fieldset>
      {!may && <p className="hint">Your role, {me.role}, may look at it, and not change it.</p>}
    </SubmitForm>
  );
}

function Delete({ project }: { readonly project: WireProject }): ReactElement | null {
  const remove = useDeleteProject();
  const { everywhere } = useSession();
  if (!everywhere.includes('manageProjects')) return null;
  return (
    <Panel title="Delete" note="Runs and locks that are at work keep a project: cancel them first.">
      <TypedConfirm
        change={remove}
        order={project.id}
        about={`Delete the project ${project.name}`}
        name={project.name}
        text="Its pipelines, runs, logs, artifacts, environments, locks and library go with it. Nothing brings them back."
        // A page of a project that is gone has nothing to show: the application begins anew.
        done={() => location.assign('/')}
      />
    </Panel>
  );
}

function General({ settings }: { readonly settings: WireGeneralSettings }): ReactElement {
  const change = useChangeGeneralSettings();
  const { me } = useSession();
  const may = me.permissions.includes('manageProjects') && !change.isPending;
  return (
    <form className="form manage-form">
      <label className="tick">
        <input
          type="checkbox"
          checked={!settings.disableImpliedYAMLCiTrigger}
          disabled={!may}
          onChange={({ target }) => change.mutate({ disableImpliedYAMLCiTrigger: !target.checked })}
        />
        <span className="tick-text">
          Files without `trigger` run on every push
          <span className="hint">Otherwise only what says `trigger` does.</span>
        </span>
      </label>
      <label className="tick">
        <input
          type="checkbox"
          checked={!settings.statusBadgesArePrivate}
          disabled={!may}
          onChange={({ target }) => change.mutate({ statusBadgesArePrivate: !target.checked })}
        />
        <span className="tick-text">
          Anybody may see badges
          <span className="hint">
            A picture of how the last run ended, for a README. Otherwise only who may read the project.
          </span>
        </span>
      </label>
      <Refused error={change.error} />
    </form>
  );
}
