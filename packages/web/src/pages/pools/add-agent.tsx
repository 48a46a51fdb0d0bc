import type { ReactElement } from 'react';
import { useState } from 'react';
import { Copied } from '../../components/manage/copied.tsx';
import { Panel } from '../../components/manage/panel.tsx';
import { SubmitForm } from '../../components/manage/submit-form.tsx';
import { useSession } from '../../data/context.tsx';
import { useCreateToken } from '../../data/tokens.ts';
import { agentCommand } from '../../view-models/manage/pool.ts';

/** The command that adds an agent, with a token that is made on the spot and shown once. */
export function AddAgent(props: { readonly pool: string }): ReactElement {
  const { pool } = props;
  const { me } = useSession();
  const create = useCreateToken();
  const [days, setDays] = useState('');
  const server = `${location.origin}/${encodeURIComponent(me.organization)}`;
  return (
    <Panel
      title="Add an agent"
      note={
        <>
          Any machine with Node 20 that reaches {location.origin} can be an agent. A token of agents serves
          this pool alone; several agents may use the same one.
        </>
      }
    >
      {create.data !== undefined && (
        <div className="said-once">
          <Copied
            label="Command for the new agent"
            text={agentCommand(server, pool, create.data.secret)}
            once
          />
        </div>
      )}
      <SubmitForm
        change={create}
        order={() => ({
          name: `agents of ${pool}`.slice(0, 64),
          role: 'agent' as const,
          pool,
          ...(days !== '' && { expiresInDays: Number(days) }),
        })}
        label="Make a token and show the command"
      >
        <label>
          The token ends after
          <select value={days} onChange={({ target }) => setDays(target.value)}>
            <option value="">never</option>
            <option value="30">30 days</option>
            <option value="90">90 days</option>
            <option value="365">a year</option>
          </select>
        </label>
      </SubmitForm>
    </Panel>
  );
}
