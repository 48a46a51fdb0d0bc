import type { ReactElement } from 'react';
import { useState } from 'react';
import { Link, useGo } from '../../app/navigation.tsx';
import { Heading } from '../../components/chrome/heading.tsx';
import { Dialog } from '../../components/dialogs/dialog.tsx';
import { Empty } from '../../components/feedback/notice.tsx';
import { MarkIcon } from '../../components/icon/icon.tsx';
import { Loaded } from '../../components/manage/loaded.tsx';
import { SubmitForm } from '../../components/manage/submit-form.tsx';
import { useSession } from '../../data/context.tsx';
import { useCreatePool, usePools } from '../../data/pools.ts';
import { poolLine, poolMark } from '../../view-models/manage/pool.ts';

/** The pools, each with how it is. */
export function PoolList(): ReactElement {
  const pools = usePools();
  const { everywhere } = useSession();
  const [adding, add] = useState(false);
  const may = everywhere.includes('managePools');
  return (
    <>
      <Heading
        title="Agents"
        acts={
          may && (
            <button type="button" className="button" onClick={() => add(true)}>
              New pool
            </button>
          )
        }
      />
      <Loaded query={pools} what="the pools">
        {(list) =>
          list.length === 0 ? (
            <Empty title="No pool yet">
              <p>A pool is a set of machines that run jobs. Make one, then add an agent to it.</p>
            </Empty>
          ) : (
            <ul className="lines">
              {list.map(({ pool, agents, jobs }) => (
                <li key={pool.id} className="line">
                  <span className="line-mark">
                    {agents !== undefined && jobs !== undefined && (
                      <MarkIcon mark={poolMark({ agents, jobs })} />
                    )}
                  </span>
                  <div className="line-what">
                    <p className="line-title">
                      <Link to={`pools/${pool.id}`} className="line-link" data-nav="">
                        <bdi>{pool.name}</bdi>
                      </Link>
                    </p>
                    <p className="line-text">
                      {agents !== undefined && jobs !== undefined && poolLine({ agents, jobs })}
                    </p>
                  </div>
                  <p className="line-times">
                    {pool.parallelJobs !== undefined && `at most ${pool.parallelJobs} at once`}
                  </p>
                </li>
              ))}
            </ul>
          )
        }
      </Loaded>
      {adding && <NewPool close={() => add(false)} />}
    </>
  );
}

function NewPool(props: { readonly close: () => void }): ReactElement {
  const create = useCreatePool();
  const go = useGo();
  const [name, setName] = useState('');
  return (
    <Dialog title="New pool" kind="small" close={props.close}>
      <SubmitForm
        change={create}
        order={() => name.trim()}
        label="Make the pool"
        close={props.close}
        done={(pool) => go(`pools/${pool.id}`)}
      >
        <label>
          Name
          <input
            required
            value={name}
            onChange={({ target }) => setName(target.value)}
            autoComplete="off"
            autoFocus
          />
          <span className="hint">Pipelines name it: pool: {name.trim() === '' ? 'Linux' : name}</span>
        </label>
      </SubmitForm>
    </Dialog>
  );
}
