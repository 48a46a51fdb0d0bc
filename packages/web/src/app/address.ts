/** A place of the application, as its address names it: `/<organisation>/<project>/<page>/<rest…>`. */
export interface Address {
  /** Absent at `/`. */
  readonly organization?: string;
  /** The name or the id of a project; absent at `/` and `/<organisation>`. */
  readonly project?: string;
  /** The name of a page in the registry; `home` where the address names none. */
  readonly page: string;
  /** What follows the page, for example the id of a run. */
  readonly rest: readonly string[];
  readonly query: ReadonlyMap<string, string>;
  /** Without `#`. */
  readonly hash: string;
}

/** What an address is made of; `location` has the shape. */
export interface Place {
  readonly pathname: string;
  readonly search: string;
  readonly hash: string;
}

type Target = Pick<Address, 'page' | 'rest'>;

/** Reads an address. Azure's own addresses of runs, pipelines and environments lead to our pages. */
export function readAddress({ pathname, search, hash }: Place): Address {
  const [organization, project, ...path] = pathname.split('/').filter(Boolean).map(decoded);
  const query = new Map(new URLSearchParams(search));
  const old = oldAddress(project, query, hash);
  const target = old ?? fromAzure(path, query) ?? { page: path[0] ?? 'home', rest: path.slice(1) };
  const named = project ?? query.get('project');
  return {
    ...target,
    ...(organization !== undefined && { organization }),
    ...(named !== undefined && { project: named }),
    query: old === undefined ? query : new Map(),
    hash: old === undefined ? hash.slice(1) : '',
  };
}

/** The path of a place below a project, for example `runs/51`; every part is escaped. */
export function pathTo(organization: string, project: string, to: string): string {
  const below = to === '' ? '' : `/${to}`;
  return `/${encodeURIComponent(organization)}/${encodeURIComponent(project)}${below}`;
}

/** `to` with a query; what is empty is left out. */
export function withQuery(to: string, query: Readonly<Record<string, string | undefined>>): string {
  const given = Object.entries(query).flatMap(([name, value]) =>
    value === undefined || value === '' ? [] : [[name, value]],
  );
  return given.length === 0 ? to : `${to}?${new URLSearchParams(given).toString()}`;
}

/** Addresses of the first pages, which links in old mails still have: `/?project=Demo#run-51`. */
function oldAddress(
  project: string | undefined,
  query: ReadonlyMap<string, string>,
  hash: string,
): Target | undefined {
  if (project !== undefined || !query.has('project')) return undefined;
  const run = /^#run-(\d+)$/.exec(hash)?.[1];
  return run === undefined ? { page: 'home', rest: [] } : { page: 'runs', rest: [run] };
}

/** The views of Azure's page of a run that are a part of our page of it. */
const VIEWS: Readonly<Record<string, string>> = {
  logs: 'log',
  artifacts: 'artifacts',
  'ms.vss-test-web.build-test-results-tab': 'tests',
};

function fromAzure(
  [area, part, ...more]: readonly string[],
  query: ReadonlyMap<string, string>,
): Target | undefined {
  const lower = area?.toLowerCase();
  if (lower === '_build') return build(query);
  if (lower === '_environments') {
    return { page: 'environments', rest: part === undefined ? [] : [part, ...more] };
  }
  return lower === '_settings' ? { page: 'settings', rest: [] } : undefined;
}

function build(query: ReadonlyMap<string, string>): Target {
  const run = query.get('buildId');
  const view = VIEWS[query.get('view') ?? ''];
  if (run !== undefined) return { page: 'runs', rest: view === undefined ? [run] : [run, view] };
  const pipeline = query.get('definitionId');
  return { page: 'pipelines', rest: pipeline === undefined ? [] : [pipeline] };
}

function decoded(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    // A broken percent sign names nothing that there is; the page says so.
    return part;
  }
}
