/** A search that somebody gave a name; the browser keeps it. */
export interface SavedView {
  readonly name: string;
  /** As it stands behind the question mark of the address. */
  readonly query: string;
}

/** More are not kept: nobody finds anything among more. */
export const MOST_VIEWS = 20;

/** Reads what the browser kept; what nobody can read is as if it were not there. */
export function readViews(text: string | undefined): readonly SavedView[] {
  if (text === undefined) return [];
  try {
    const value: unknown = JSON.parse(text);
    return Array.isArray(value) ? value.filter(isView) : [];
  } catch {
    return [];
  }
}

/** Adds a view, or gives one of that name another search. */
export function addView(views: readonly SavedView[], view: SavedView): readonly SavedView[] {
  return [...views.filter(({ name }) => name !== view.name), view].slice(-MOST_VIEWS);
}

function isView(value: unknown): value is SavedView {
  if (typeof value !== 'object' || value === null) return false;
  return (
    'name' in value && typeof value.name === 'string' && 'query' in value && typeof value.query === 'string'
  );
}
