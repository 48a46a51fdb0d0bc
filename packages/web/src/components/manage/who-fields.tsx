import type { ReactElement } from 'react';
import { useId } from 'react';
import { useSession } from '../../data/context.tsx';
import { useUserGroups, useUsers } from '../../data/people.ts';

/** A user or a group, as it is typed. */
export interface Who {
  readonly kind: 'user' | 'group';
  readonly name: string;
}

interface Props {
  readonly who: Who;
  readonly change: (who: Who) => void;
}

/** The two fields that name a user or a group, for a form that gives it something. */
export function WhoFields({ who: { kind, name }, change }: Props): ReactElement {
  const names = useId();
  return (
    <>
      <label>
        Kind
        <select
          value={kind}
          onChange={({ target }) => change({ kind: target.value === 'group' ? 'group' : 'user', name })}
        >
          <option value="user">user</option>
          <option value="group">group</option>
        </select>
      </label>
      <label>
        Name
        <input
          required
          list={names}
          value={name}
          onChange={({ target }) => change({ kind, name: target.value })}
          autoComplete="off"
        />
      </label>
      <Known id={names} kind={kind} />
    </>
  );
}

/** The names to choose from, as far as the viewer may list them; the name can be typed as well. */
function Known(props: { readonly id: string; readonly kind: 'user' | 'group' }): ReactElement {
  const { everywhere } = useSession();
  return everywhere.includes('manageTokens') ? <KnownNames {...props} /> : <datalist id={props.id} />;
}

function KnownNames({ id, kind }: { readonly id: string; readonly kind: 'user' | 'group' }): ReactElement {
  const users = useUsers();
  const groups = useUserGroups();
  const known = kind === 'user' ? users.data : groups.data;
  return (
    <datalist id={id}>
      {(known ?? []).map(({ name }) => (
        <option key={name} value={name} />
      ))}
    </datalist>
  );
}
