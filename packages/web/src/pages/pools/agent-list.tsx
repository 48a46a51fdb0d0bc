import type { WireAgent } from '@signalbox/api';
import type { ReactElement } from 'react';
import { useState } from 'react';
import { Link } from '../../app/navigation.tsx';
import { Dialog } from '../../components/dialogs/dialog.tsx';
import { MarkIcon } from '../../components/icon/icon.tsx';
import { ConfirmButton } from '../../components/manage/confirm-button.tsx';
import { DataTable } from '../../components/manage/data-table.tsx';
import { Refused } from '../../components/manage/refused.tsx';
import { SubmitForm } from '../../components/manage/submit-form.tsx';
import { useEnableAgent, useGiveCapabilities, useRemoveAgent } from '../../data/pools.ts';
import {
  agentMark,
  capabilities,
  readCapabilities,
  writeCapabilities,
} from '../../view-models/manage/pool.ts';

interface Props {
  readonly pool: number;
  readonly agents: readonly WireAgent[];
  readonly may: boolean;
}

/** The agents of a pool: how each is, what it does now, what it can do. */
export function AgentList({ pool, agents, may }: Props): ReactElement {
  const [shown, show] = useState<number>();
  const open = agents.find(({ id }) => id === shown);
  return (
    <>
      <DataTable
        caption="Agents of the pool"
        rows={agents}
        keyOf={({ id }) => id}
        columns={[
          {
            head: 'Agent',
            cell: (agent) => (
              <span className="state">
                <MarkIcon mark={agentMark(agent)} /> <bdi>{agent.name}</bdi>
              </span>
            ),
          },
          { head: 'State', cell: (agent) => agentMark(agent).label },
          { head: 'Does now', cell: (agent) => <Doing agent={agent} /> },
          {
            head: 'Machine',
            cell: ({ osDescription, version }) => `${osDescription ?? 'unknown'}, ${version}`,
          },
          {
            head: 'What can be done',
            acts: true,
            cell: (agent) => <Acts pool={pool} agent={agent} may={may} show={() => show(agent.id)} />,
          },
        ]}
      />
      {open !== undefined && (
        <Dialog title={`What ${open.name} can do`} kind="small" close={() => show(undefined)}>
          <CapabilityList agent={open} />
          {may && <Give pool={pool} agent={open} close={() => show(undefined)} />}
        </Dialog>
      )}
    </>
  );
}

function Acts(props: {
  readonly pool: number;
  readonly agent: WireAgent;
  readonly may: boolean;
  readonly show: () => void;
}): ReactElement {
  const { pool, agent, may, show } = props;
  const enable = useEnableAgent(pool);
  const remove = useRemoveAgent(pool);
  return (
    <>
      <button type="button" className="button" aria-label={`Capabilities of ${agent.name}`} onClick={show}>
        Capabilities
      </button>
      {may && (
        <>
          <button
            type="button"
            className="button"
            aria-label={`${agent.enabled ? 'Disable' : 'Enable'} ${agent.name}`}
            disabled={enable.isPending}
            onClick={() => enable.mutate({ agent: agent.id, enabled: !agent.enabled })}
          >
            {agent.enabled ? 'Disable' : 'Enable'}
          </button>
          <ConfirmButton
            change={remove}
            order={agent.id}
            label="Remove"
            about={`Remove ${agent.name}`}
            text="The server forgets it. It comes back when its program is started again."
          />
          <Refused error={enable.error} />
        </>
      )}
    </>
  );
}

function Doing({ agent }: { readonly agent: WireAgent }): ReactElement {
  const { assignedRequest } = agent;
  if (assignedRequest === undefined) return <span className="quiet">nothing</span>;
  const { jobName, owner } = assignedRequest;
  return (
    <>
      <bdi>{jobName}</bdi> of <Link to={`runs/${owner.id}`}>{owner.name}</Link>
    </>
  );
}

function CapabilityList({ agent }: { readonly agent: WireAgent }): ReactElement {
  const list = capabilities(agent);
  if (list.length === 0) return <p>It has not said what it can do.</p>;
  return (
    <div className="capabilities" tabIndex={0} role="group" aria-label="Capabilities">
      <dl>
        {list.map(({ name, value, given }) => (
          <div key={name}>
            <dt>
              {name}
              {given && <span className="chip">given by people</span>}
            </dt>
            <dd>{value === '' ? <span className="quiet">there</span> : value}</dd>
          </div>
        ))}
      </dl>
    </div>
  );
}

function Give(props: {
  readonly pool: number;
  readonly agent: WireAgent;
  readonly close: () => void;
}): ReactElement {
  const { pool, agent, close } = props;
  const give = useGiveCapabilities(pool, agent.id);
  const [text, setText] = useState(() => writeCapabilities(agent.userCapabilities));
  return (
    <SubmitForm change={give} order={() => readCapabilities(text)} label="Save" close={close} done={close}>
      <label>
        Given by people, one to a line
        <textarea
          rows={3}
          value={text}
          placeholder="sqlpackage&#10;region=eu"
          onChange={({ target }) => setText(target.value)}
          spellCheck={false}
        />
        <span className="hint">They win over what the agent says of itself.</span>
      </label>
    </SubmitForm>
  );
}
