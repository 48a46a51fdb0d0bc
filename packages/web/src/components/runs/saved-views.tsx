import type { ReactElement } from 'react';
import { useState } from 'react';
import { Link } from '../../app/navigation.tsx';
import { useRemembered } from '../../data/remembered.ts';
import type { SavedView } from '../../view-models/saved-views.ts';
import { addView, readViews } from '../../view-models/saved-views.ts';
import { Icon } from '../icon/icon.tsx';

interface Props {
  readonly project: string;
  /** The search that is open, as it stands behind the question mark; empty: everything. */
  readonly query: string;
}

/** Searches that somebody kept under a name, in this browser; and the way to keep the open one. */
export function SavedViews({ project, query }: Props): ReactElement | null {
  const [kept, keep] = useRemembered(`views.${project}`);
  const views = readViews(kept);
  const set = (next: readonly SavedView[]): void =>
    keep(next.length === 0 ? undefined : JSON.stringify(next));
  const known = views.some((view) => view.query === query);
  if (views.length === 0 && query === '') return null;
  return (
    <div className="saved-views">
      <ul aria-label="Saved views">
        {views.map((view) => (
          <li key={view.name} className="chip">
            <Link to={`runs?${view.query}`} aria-current={view.query === query ? 'true' : undefined}>
              {view.name}
            </Link>
            <button type="button" onClick={() => set(views.filter(({ name }) => name !== view.name))}>
              <Icon name="close" />
              <span className="hidden">Forget the view {view.name}</span>
            </button>
          </li>
        ))}
      </ul>
      {query !== '' && !known && <KeepView keep={(name) => set(addView(views, { name, query }))} />}
    </div>
  );
}

function KeepView(props: { readonly keep: (name: string) => void }): ReactElement {
  const [name, setName] = useState<string>();
  if (name === undefined) {
    return (
      <button type="button" className="button button-quiet" onClick={() => setName('')}>
        Save this view
      </button>
    );
  }
  return (
    <form
      className="keep-view"
      onSubmit={(event) => {
        event.preventDefault();
        if (name.trim() !== '') props.keep(name.trim());
        setName(undefined);
      }}
    >
      <label className="typed">
        <span className="hidden">Name of the view</span>
        <input
          value={name}
          placeholder="Its name"
          maxLength={60}
          autoFocus
          onChange={(event) => setName(event.target.value)}
        />
      </label>
      <button type="submit" className="button">
        Save
      </button>
    </form>
  );
}
