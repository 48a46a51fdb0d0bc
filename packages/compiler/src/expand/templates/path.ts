import { fold } from '@signalbox/model';
import type { RepositoryPlan } from '@signalbox/model';
import { MAX_PATH_LENGTH } from '../../limits.ts';

/** A file of a repository; no repository means the pipeline's own. */
export interface FilePlace {
  readonly repository: RepositoryPlan | undefined;
  /** From the root of the repository, without a leading `/`. */
  readonly path: string;
}

/** Where a reference leads, or why nowhere. */
export type Resolved =
  | ({ readonly kind: 'file' } & FilePlace)
  | { readonly kind: 'unknown-alias'; readonly alias: string }
  | { readonly kind: 'outside'; readonly joined: string }
  | { readonly kind: 'no-path'; readonly joined: string };

/** No file system takes these, and some programs stop reading at them. */
// eslint-disable-next-line no-control-regex
const CONTROL = /[\u0000-\u001f\u007f]/;

/** The file that holds a reference. */
export interface ReferencePlace extends FilePlace {
  /** True where the reference stands in a list that is passed as a parameter. */
  readonly passed?: boolean;
}

/**
 * Resolves `path` or `path@alias` as it stands in a file: relative to the folder of that file, with an alias of
 * another repository or a leading `/` from the root (TPL-3, REC-75 … REC-80). In a list that is passed, any alias
 * means the root: so production files write it (compare REC-83).
 */
export function resolvePath(
  reference: string,
  from: ReferencePlace,
  repositories: ReadonlyMap<string, RepositoryPlan>,
): Resolved {
  const at = reference.indexOf('@');
  const path = (at < 0 ? reference : reference.slice(0, at)).replaceAll('\\', '/');
  const alias = at < 0 ? '' : reference.slice(at + 1);
  const repository = alias === '' ? from.repository : repositories.get(fold(alias));
  if (alias !== '' && fold(alias) !== 'self' && repository === undefined)
    return { kind: 'unknown-alias', alias };
  if (path.trim() === '') return { kind: 'no-path', joined: path };
  const fromRoot = path.startsWith('/') || isFromRoot(alias, repository, from);
  const folder = fromRoot ? '' : from.path.slice(0, from.path.lastIndexOf('/') + 1);
  const joined = `${folder}${path}`;
  return placeIn(repository, joined);
}

function placeIn(repository: RepositoryPlan | undefined, joined: string): Resolved {
  if (joined.length > MAX_PATH_LENGTH || CONTROL.test(joined)) return { kind: 'no-path', joined };
  const segments = normalise(joined);
  if (segments === undefined) return { kind: 'outside', joined };
  return segments.length === 0
    ? { kind: 'no-path', joined }
    : { kind: 'file', repository, path: segments.join('/') };
}

function isFromRoot(alias: string, repository: RepositoryPlan | undefined, from: ReferencePlace): boolean {
  return repository?.alias !== from.repository?.alias || (alias !== '' && from.passed === true);
}

/** How messages name a file (REC-145). */
export function displayPath({ repository, path }: FilePlace): string {
  return repository === undefined ? path : `${path}@${repository.alias}`;
}

function normalise(path: string): readonly string[] | undefined {
  const segments: string[] = [];
  for (const segment of path.split('/')) {
    if (segment === '' || segment === '.') continue;
    if (segment !== '..') segments.push(segment);
    else if (segments.pop() === undefined) return undefined;
  }
  return segments;
}
