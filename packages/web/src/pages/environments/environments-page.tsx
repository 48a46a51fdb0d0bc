import type { FormEvent, ReactElement } from 'react';
import { useState } from 'react';
import { Link, useGo } from '../../app/navigation.tsx';
import type { PageProps } from '../../app/page-props.ts';
import { Heading } from '../../components/chrome/heading.tsx';
import { NotFound } from '../../components/chrome/not-found.tsx';
import { Dialog } from '../../components/dialogs/dialog.tsx';
import { Empty, Skeleton, Trouble } from '../../components/feedback/notice.tsx';
import { Icon } from '../../components/icon/icon.tsx';
import { useSession } from '../../data/context.tsx';
import { useCreateEnvironment, useEnvironments } from '../../data/environments.ts';
import { useLocks } from '../../data/queries.ts';
import { environmentRows } from '../../view-models/environment/deployments.ts';
import { EnvironmentPage } from './environment-page.tsx';
import '../../components/manage/manage.css';
import './environments.css';

/** The environments of the project; one of them where the address names it, by number or by name. */
export function EnvironmentsPage(props: PageProps): ReactElement {
  const [named, part] = props.rest;
  const environments = useEnvironments();
  if (environments.data === undefined) {
    return (
      <>
        <Heading title="Environments" />
        {environments.error === null ? (
          <Skeleton what="the environments" rows={4} />
        ) : (
          <Trouble error={environments.error} again={() => void environments.refetch()} />
        )}
      </>
    );
  }
  if (named === undefined) return <AllEnvironments />;
  const one = environments.data.find(({ id, name }) => String(id) === named || name === named);
  if (one === undefined || part !== undefined) return <NotFound what={`The environment ${named}`} />;
  return <EnvironmentPage environment={one} />;
}

function AllEnvironments(): ReactElement {
  const { me } = useSession();
  const locks = useLocks().data ?? [];
  const rows = environmentRows(useEnvironments().data ?? [], locks);
  const [making, make] = useState(false);
  const may = me.permissions.includes('editEnvironments');
  return (
    <>
      <Heading
        title="Environments"
        acts={
          may && (
            <button type="button" className="button button-main" onClick={() => make(true)}>
              New environment
            </button>
          )
        }
      />
      {rows.length === 0 ? (
        <Empty title="No environments yet">
          <p>
            An environment is a place that deployments go to. The first job that deploys to one makes it, or
            you make it here, with its checks.
          </p>
        </Empty>
      ) : (
        <ul className="environments">
          {rows.map(({ id, name, description, lock }) => (
            <li key={id}>
              <Icon name="environment" />
              <span className="environment-name">
                <Link to={`environments/${id}`} data-nav="">
                  <bdi>{name}</bdi>
                </Link>
                {description !== '' && <bdi className="environment-about">{description}</bdi>}
              </span>
              {lock === undefined ? (
                <span className="environment-about">no lock</span>
              ) : (
                <Link to={`locks/${lock.id}`}>
                  <Icon name="held" tone={lock.busy ? 'warn' : 'good'} /> {lock.text}
                  <span className="hidden">: the lock of {name}</span>
                </Link>
              )}
            </li>
          ))}
        </ul>
      )}
      {making && <NewEnvironment close={() => make(false)} />}
    </>
  );
}

function NewEnvironment(props: { readonly close: () => void }): ReactElement {
  const create = useCreateEnvironment();
  const go = useGo();
  const [name, setName] = useState('');
  const [description, setDescription] = useState('');
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    const made = { name: name.trim(), description: description.trim() };
    create.mutate(made, { onSuccess: ({ id }) => go(`environments/${id}`) });
  };
  return (
    <Dialog title="New environment" kind="small" close={props.close}>
      <form className="form" onSubmit={submit}>
        <label>
          Name
          <input
            required
            maxLength={128}
            pattern=".*\S.*"
            autoComplete="off"
            value={name}
            onChange={({ target }) => setName(target.value)}
          />
        </label>
        <label>
          Description, if you like
          <input
            maxLength={256}
            value={description}
            onChange={({ target }) => setDescription(target.value)}
          />
        </label>
        {create.error !== null && <Trouble error={create.error} />}
        <div className="dialog-actions">
          <button type="button" className="button" onClick={props.close}>
            Close
          </button>
          <button type="submit" className="button button-main" disabled={create.isPending}>
            Make it
          </button>
        </div>
      </form>
    </Dialog>
  );
}
