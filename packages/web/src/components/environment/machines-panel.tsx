import type { ReactElement } from 'react';
import { useMachines } from '../../data/environments.ts';
import { Icon } from '../icon/icon.tsx';

/** The machines of an environment, with how their agents are. */
export function MachinesPanel(props: { readonly environment: number }): ReactElement | null {
  const machines = useMachines(props.environment).data ?? [];
  if (machines.length === 0) return null;
  return (
    <section className="panel" aria-labelledby="machines-title">
      <h2 id="machines-title">
        Machines <span className="count">{machines.length}</span>
      </h2>
      <ul className="plain-rows">
        {machines.map(({ id, name, tags, agent }) => (
          <li key={id}>
            <span>
              <Icon
                name={agent?.status === 'online' ? 'succeeded' : 'failed'}
                tone={agent?.status === 'online' ? 'good' : 'bad'}
              />{' '}
              <bdi>{name}</bdi>
              {tags.length > 0 && <span className="environment-about"> {tags.join(', ')}</span>}
            </span>
            <span className="environment-about">{agent?.status ?? 'never connected'}</span>
          </li>
        ))}
      </ul>
    </section>
  );
}
