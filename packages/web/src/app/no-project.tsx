import type { Client, MeView } from '@signalbox/api';
import type { ReactElement } from 'react';
import { useState } from 'react';
import { Empty } from '../components/feedback/notice.tsx';
import { Refused } from '../components/manage/refused.tsx';
import { useMakeProject } from '../data/start.ts';
import { pathTo } from './address.ts';
import { Alone } from './alone.tsx';
import { navigate } from './navigation.tsx';
import '../components/manage/manage.css';

interface Props {
  readonly client: Client;
  readonly me: MeView;
}

/** A fresh server: its first project is made here, and its first pipeline on the page that follows. */
export function NoProject(props: Props): ReactElement {
  const may = props.me.permissions.includes('manageProjects');
  return (
    <Alone>
      {may ? (
        <FirstProject {...props} />
      ) : (
        <Empty title="No project yet">
          <p>You see no project here. An administrator can make one, or give you a role in one.</p>
        </Empty>
      )}
    </Alone>
  );
}

function FirstProject({ client, me }: Props): ReactElement {
  const make = useMakeProject(client);
  const [name, setName] = useState('');
  const submit = (): void =>
    make.mutate(name.trim(), {
      onSuccess: (project) => navigate(pathTo(me.organization, project.name, 'start'), { replace: true }),
    });
  return (
    <form
      className="form panel"
      onSubmit={(event) => {
        event.preventDefault();
        submit();
      }}
    >
      <h2>Name the first project</h2>
      <p>Pipelines, environments and their queues live in a project: one for a product or a team.</p>
      <label>
        Name of the project
        <input
          required
          maxLength={64}
          value={name}
          placeholder="Shop"
          onChange={({ target }) => setName(target.value)}
          autoComplete="off"
        />
      </label>
      <Refused error={make.error} />
      <div className="dialog-actions">
        <button type="submit" className="button button-main" disabled={make.isPending}>
          {make.isPending ? 'Making it …' : 'Make the project'}
        </button>
      </div>
    </form>
  );
}
