import { createHash } from 'node:crypto';
import type { DefinitionRow, NewOccasion, Store, WatchedRow } from '@signalbox/store';
import type { History } from '../git/history.ts';
import type { Repositories } from '../git/repositories.ts';
import { changesOf, segmentsOf, type PushHint, type RefChange } from './changes.ts';
import { keyOf, newOccasion, type Occasion } from './occasion.ts';
import { isMerge, isPullRef, MERGES, polledRequests, thosePolling } from './poll-pull-requests.ts';

/** A repository of a project, and the pipelines that lie in it. */
export interface Place {
  readonly project: number;
  readonly url: string;
  readonly definitions: readonly DefinitionRow[];
}

/** What a look needs. */
export interface LookOptions {
  readonly store: Store;
  readonly repositories: Repositories;
}

const NAMESPACES = ['refs/heads/*', 'refs/tags/*'];
/** Marks in what was seen that pull requests were looked for. */
const PULLS = 'pulls';

/** Names an address without telling it. */
export function placeOf(url: string): string {
  return createHash('sha256').update(url).digest('hex').slice(0, 32);
}

/**
 * Looks at a repository, and notes what is new together with what it may start: a restart neither loses nor repeats a
 * push, and of two servers that look at once one notes it. The first look starts nothing. True when something is new.
 */
export async function look(
  { store, repositories }: LookOptions,
  { project, url, definitions }: Place,
  hints: readonly PushHint[] = [],
): Promise<boolean> {
  const place = placeOf(url);
  const pulling = await thosePolling(store, definitions);
  const [known, refs] = [
    await store.triggers.watched(project, place),
    await repositories.refs(url, pulling.length === 0 ? NAMESPACES : [...NAMESPACES, ...MERGES]),
  ];
  const seen = {
    ...Object.fromEntries(definitions.map(({ id, revision }) => [keyOf(id), revision])),
    ...(pulling.length > 0 && { [PULLS]: 1 }),
  };
  const changes =
    known === undefined ? [] : changesOf(known.refs, refs).filter(({ ref }) => isNews(ref, known));
  if (known !== undefined && changes.length === 0 && sameRevisions(known.definitions, seen)) return false;
  const version = known?.version ?? 0;
  const wasThere = ({ id }: DefinitionRow): boolean => known?.definitions[keyOf(id)] !== undefined;
  const merges = changes.map(({ ref }) => ref).filter((ref) => isMerge(ref) && refs[ref] !== undefined);
  const history = changes.length === 0 ? undefined : await repositories.history(url, { refs: merges });
  const occasions = [
    ...definitions.filter((one) => known?.definitions[keyOf(one.id)] !== one.revision).map(pipelineChanged),
    ...(history === undefined
      ? []
      : [
          ...(await pushes({ history, changes, hints, watched: definitions.filter(wasThere), version })),
          ...(await polledRequests(history, { refs, merges, definitions: pulling.filter(wasThere) })),
        ]),
  ];
  return store.triggers.advance({ project, place, version, refs, definitions: seen, occasions });
}

/** The first look at the pull requests of a repository starts nothing, as that at its branches. */
function isNews(ref: string, known: WatchedRow): boolean {
  return !isPullRef(ref) || known.definitions[PULLS] !== undefined;
}

function sameRevisions(known: WatchedRow['definitions'], now: WatchedRow['definitions']): boolean {
  const names = new Set([...Object.keys(known), ...Object.keys(now)]);
  return [...names].every((name) => known[name] === now[name]);
}

function pipelineChanged(definition: DefinitionRow): NewOccasion {
  const { revision } = definition;
  const body: Occasion = { kind: 'pipelineChanged', revision };
  return newOccasion(definition, { key: `pipeline:${revision}`, lane: 'pipeline', body });
}

interface Seen {
  readonly history: History;
  readonly changes: readonly RefChange[];
  readonly hints: readonly PushHint[];
  /** Pipelines that were there at the last look: pushes from before a pipeline was made start nothing. */
  readonly watched: readonly DefinitionRow[];
  /** Of the row: a branch that returns to an old commit is another push. */
  readonly version: number;
}

async function pushes({ history, changes, hints, watched, version }: Seen): Promise<readonly NewOccasion[]> {
  const bodies: Occasion[] = [];
  for (const change of changes.filter(({ ref }) => !isPullRef(ref)))
    bodies.push(...(await occasionsOf(change, history, hints)));
  return bodies.flatMap((body) =>
    watched.map((definition) => {
      const ref = 'ref' in body ? body.ref : '';
      const commit = 'commit' in body ? body.commit : 'deleted';
      return newOccasion(definition, { key: `push:${version}:${ref}:${commit}`, lane: ref, body });
    }),
  );
}

async function occasionsOf(
  change: RefChange,
  history: History,
  hints: readonly PushHint[],
): Promise<readonly Occasion[]> {
  const { ref } = change;
  if (change.kind === 'deleted') return ref.startsWith('refs/heads/') ? [{ kind: 'branchDeleted', ref }] : [];
  const { to } = change;
  const told = hints.find((hint) => hint.ref === ref && hint.after === to)?.by;
  const by = told === undefined ? {} : { by: told };
  if (change.kind === 'made' || !ref.startsWith('refs/heads/'))
    return [{ kind: 'push', ref, commit: to, ...by }];
  const { from } = change;
  if (!(await history.has(from))) return [{ kind: 'push', ref, commit: to, ...by }];
  // A branch that was forced elsewhere is one push, whatever lies between.
  const wentOn = await history.isAncestor(from, to);
  const commits = wentOn ? await history.commits(from, to) : [to];
  const own = hints.filter((hint) => hint.ref === ref);
  return segmentsOf({ from, to }, commits, own).map(({ from: start, to: commit, ...rest }) => ({
    kind: 'push',
    ref,
    from: start,
    commit,
    ...rest,
  }));
}
