import type { WireConnection, WireConnectionType } from '@signalbox/api';
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
import {
  useConnections,
  useConnectionTypes,
  useDeleteConnection,
  useSaveConnection,
} from '../../data/library.ts';
import type { ConnectionForm } from '../../view-models/manage/connection-form.ts';
import {
  connectionForm,
  connectionOrder,
  inputsOf,
  schemes,
} from '../../view-models/manage/connection-form.ts';
import { ResourceAccess } from './resource-access.tsx';

/** One service connection, or a new one: its address, its secret, and which pipelines may use it. */
export function ConnectionPage({ id }: { readonly id: string }): ReactElement {
  const connections = useConnections();
  const types = useConnectionTypes();
  return (
    <Loaded query={types} what="the types of connections" title="Library">
      {(known) => (
        <Loaded query={connections} what="the service connection" title="Library">
          {(list) => {
            const found = list.find((one) => one.id === id);
            if (id === 'new') return <Connection types={known} />;
            return found === undefined ? (
              <NotFound what={`The service connection ${id}`} />
            ) : (
              <Connection types={known} connection={found} />
            );
          }}
        </Loaded>
      )}
    </Loaded>
  );
}

interface Props {
  readonly types: readonly WireConnectionType[];
  readonly connection?: WireConnection;
}

function Connection(props: Props): ReactElement {
  const { connection } = props;
  const go = useGo();
  const { me } = useSession();
  const remove = useDeleteConnection();
  const may = me.permissions.includes('manageLibrary');
  return (
    <>
      <Heading
        title={connection?.name ?? 'New service connection'}
        trail={[
          { label: 'Library', to: 'library' },
          { label: 'Service connections', to: 'library/connections' },
        ]}
        acts={
          connection !== undefined &&
          may && (
            <ConfirmButton
              change={remove}
              order={connection.id}
              label="Delete"
              about={`Delete the service connection ${connection.name}`}
              text="Its secret and its checks go with it. Pipelines that name it fail when they are queued."
              done={() => go('library/connections')}
            />
          )
        }
      />
      <div className="manage">
        <Settings {...props} may={may} />
        {connection !== undefined && <ResourceAccess type="endpoint" id={connection.id} />}
      </div>
    </>
  );
}

function Settings(props: Props & { readonly may: boolean }): ReactElement {
  const { types, connection, may } = props;
  const { me } = useSession();
  const [form, setForm] = useState(() => connectionForm(connection));
  const save = useSaveConnection();
  const go = useGo();
  const change = (part: Partial<ConnectionForm>): void => setForm({ ...form, ...part });
  const order = connectionOrder(form, inputsOf(types, form.scheme));
  return (
    <Panel title="Address and proof">
      <SubmitForm
        change={save}
        order={() => ({ connection: order, ...(connection !== undefined && { id: connection.id }) })}
        label="Save"
        said="Saved."
        disabled={!may}
        done={(answer) => {
          setForm(connectionForm(answer));
          if (connection === undefined) go(`library/connections/${answer.id}`, { replace: true });
        }}
      >
        <fieldset className="bare" disabled={!may}>
          <legend className="hidden">Service connection</legend>
          <label>
            Name
            <input
              required
              value={form.name}
              onChange={({ target }) => change({ name: target.value })}
              autoComplete="off"
            />
          </label>
          <label>
            Address
            <input
              required
              type="url"
              value={form.url}
              placeholder="https://deploy.example.org/"
              onChange={({ target }) => change({ url: target.value })}
              autoComplete="off"
            />
          </label>
          <Proof {...props} form={form} change={change} />
          <label>
            What for
            <input
              value={form.description}
              onChange={({ target }) => change({ description: target.value })}
              autoComplete="off"
            />
          </label>
        </fieldset>
        {!may && <p className="hint">Your role, {me.role}, may look at it, and not change it.</p>}
      </SubmitForm>
    </Panel>
  );
}

function Proof(
  props: Props & {
    readonly form: ConnectionForm;
    readonly change: (part: Partial<ConnectionForm>) => void;
  },
): ReactElement {
  const { types, connection, form, change } = props;
  const kept = connection?.authorization.scheme === form.scheme;
  return (
    <>
      <label>
        Proves who calls by
        <select
          value={form.scheme}
          onChange={({ target }) => {
            const chosen = schemes(types).find(({ scheme }) => scheme === target.value);
            if (chosen !== undefined) change({ scheme: chosen.scheme });
          }}
        >
          {schemes(types).map(({ scheme, label }) => (
            <option key={scheme} value={scheme}>
              {label}
            </option>
          ))}
        </select>
      </label>
      {inputsOf(types, form.scheme).map(({ id, name, isConfidential }) => (
        <label key={id}>
          {name}
          <input
            type={isConfidential ? 'password' : 'text'}
            value={form.inputs[id] ?? ''}
            placeholder={isConfidential && kept ? 'kept; type to replace it' : ''}
            onChange={({ target }) => change({ inputs: { ...form.inputs, [id]: target.value } })}
            autoComplete={isConfidential ? 'new-password' : 'off'}
          />
        </label>
      ))}
    </>
  );
}
