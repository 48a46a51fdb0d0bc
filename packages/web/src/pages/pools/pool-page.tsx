import type { ReactElement } from 'react';
import { useState } from 'react';
import { Link, useGo } from '../../app/navigation.tsx';
import { Heading } from '../../components/chrome/heading.tsx';
import { NotFound } from '../../components/chrome/not-found.tsx';
import { Empty } from '../../components/feedback/notice.tsx';
import { When } from '../../components/feedback/when.tsx';
import { MarkIcon } from '../../components/icon/icon.tsx';
import { DataTable } from '../../components/manage/data-table.tsx';
import { Loaded } from '../../components/manage/loaded.tsx';
import { Panel } from '../../components/manage/panel.tsx';
import { SubmitForm } from '../../components/manage/submit-form.tsx';
import { TypedConfirm } from '../../components/manage/typed-confirm.tsx';
import { useNow } from '../../data/clock.ts';
import { useSession } from '../../data/context.tsx';
import { useDeletePool, useLimitPool, usePool } from '../../data/pools.ts';
import type { PoolPicture } from '../../view-models/manage/pool.ts';
import { jobLines, poolLine } from '../../view-models/manage/pool.ts';
import { AddAgent } from './add-agent.tsx';
import { AgentList } from './agent-list.tsx';

/** One pool: its agents, the jobs that it has and why they wait, how to add an agent, how many may work at once. */
export function PoolPage(props: { readonly id: number }): ReactElement {
  const pool = usePool(props.id);
  return (
    <Loaded query={pool} what="the pool" title="Agents">
      {(found) => (found === null ? <NotFound what={`The pool ${props.id}`} /> : <Picture {...found} />)}
    </Loaded>
  );
}

function Picture(picture: PoolPicture): ReactElement {
  const { pool, agents, jobs } = picture;
  const { everywhere } = useSession();
  const may = everywhere.includes('managePools');
  return (
    <>
      <Heading
        title={pool.name}
        trail={[{ label: 'Agents', to: 'pools' }]}
        after={<span className="quiet">{poolLine({ agents, jobs })}</span>}
      />
      <div className="manage">
        <Panel title="Agents">
          {agents.length === 0 ? (
            <Empty title="No agent yet">
              <p>Jobs wait until there is one. The command below makes a machine an agent of this pool.</p>
            </Empty>
          ) : (
            <AgentList pool={pool.id} agents={agents} may={may} />
          )}
        </Panel>
        <Jobs {...picture} />
        {may && <AddAgent pool={pool.name} />}
        {may && <Limit {...picture} />}
        {may && <Delete {...picture} />}
      </div>
    </>
  );
}

function Jobs({ jobs }: PoolPicture): ReactElement {
  const lines = jobLines(jobs, useNow());
  return (
    <Panel title="Jobs">
      {lines.length === 0 ? (
        <p className="none">No job waits or runs here.</p>
      ) : (
        <DataTable
          caption="Jobs of the pool"
          rows={lines}
          keyOf={({ id }) => id}
          columns={[
            {
              head: 'State',
              cell: ({ mark }) => (
                <span className="state">
                  <MarkIcon mark={mark} /> <span aria-hidden="true">{mark.label}</span>
                </span>
              ),
            },
            {
              head: 'Job',
              cell: ({ name, run }) => (
                <>
                  <bdi>{name}</bdi> of <Link to={`runs/${run.id}`}>{run.name}</Link>
                </>
              ),
            },
            { head: 'Why', cell: ({ text }) => text },
            { head: 'Since', cell: ({ since }) => <When at={since} /> },
          ]}
        />
      )}
    </Panel>
  );
}

function Delete({ pool }: PoolPicture): ReactElement {
  const remove = useDeletePool();
  const go = useGo();
  return (
    <Panel
      title="Delete"
      note="A pool goes when nothing needs it any more: remove its agents first, and let its jobs end."
    >
      <TypedConfirm
        change={remove}
        order={pool.id}
        about={`Delete the pool ${pool.name}`}
        name={pool.name}
        text="Pipelines that name it fail when they are queued. The tokens of its agents are refused."
        done={() => go('pools')}
      />
    </Panel>
  );
}

function Limit({ pool, agents }: PoolPicture): ReactElement {
  const limit = useLimitPool(pool.id);
  const [text, setText] = useState(pool.parallelJobs === undefined ? '' : String(pool.parallelJobs));
  return (
    <Panel title="At once">
      <SubmitForm
        change={limit}
        order={() => (text.trim() === '' ? null : Number(text))}
        label="Save the limit"
        said="Saved."
      >
        <label>
          Jobs of this pool that may run at once
          <input
            type="number"
            min={1}
            value={text}
            placeholder={`as many as it has agents: ${agents.length}`}
            onChange={({ target }) => setText(target.value)}
          />
          <span className="hint">Empty: no limit but the number of agents.</span>
        </label>
      </SubmitForm>
    </Panel>
  );
}
