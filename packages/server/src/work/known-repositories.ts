import { fold } from '@signalbox/model';
import type { DefinitionRow, ProjectRow, Store } from '@signalbox/store';
import type { Sealer } from '../auth/sealer.ts';
import { RepositoryError } from '../git/git-program.ts';
import { repositoryNameOf, repositoryUrlOf } from './source.ts';

/** A repository that files of a project may name. */
export interface KnownRepository {
  /** As files write it: `tools`, `Shop/tools`. */
  readonly name: string;
  readonly url: string;
}

/**
 * The repositories of a project by name: those that somebody added, and those of its pipelines. A file can name no
 * other, so what the server fetches is decided by those who may edit pipelines, never by a file (TH5, TH12).
 */
export interface KnownRepositories {
  /** Those that were added, by name. */
  list(project: ProjectRow): Promise<readonly KnownRepository[]>;
  /** False when the name is taken. */
  add(project: ProjectRow, repository: KnownRepository): Promise<boolean>;
  /** False when there was none. */
  remove(project: ProjectRow, name: string): Promise<boolean>;
  /** By name, letter case aside, with or without the project's own name before it; a refusal says what to do. */
  find(project: ProjectRow, name: string): Promise<KnownRepository>;
}

/** The repositories that a store knows; addresses may hold passwords, so they are sealed. */
export function knownRepositories({
  store,
  sealer,
}: {
  readonly store: Store;
  readonly sealer: Sealer;
}): KnownRepositories {
  const read = (value: string): KnownRepository => {
    const { name, url } = JSON.parse(value) as KnownRepository;
    return { name, url: sealer.open(url) };
  };
  return {
    async list(project) {
      const found = await store.settings.list(keyOf(project, ''));
      return found.map(({ value }) => read(value));
    },
    async add(project, { name, url }) {
      const value = JSON.stringify({ name, url: sealer.seal(url) });
      return (await store.settings.setOnce(keyOf(project, name), value)) === value;
    },
    remove: (project, name) => store.settings.remove(keyOf(project, name)),
    async find(project, name) {
      const bare = withoutProject(project, name);
      for (const one of new Set([name, bare])) {
        const value = await store.settings.get(keyOf(project, one));
        if (value !== undefined) return read(value);
      }
      return ofPipelines(project, bare, await store.definitions.list(project.id));
    },
  };
}

function keyOf({ id }: ProjectRow, name: string): string {
  return `repository:${id}:${fold(name)}`;
}

/** Azure writes `Project/Repository`; a repository of the same project needs no project. */
function withoutProject(project: ProjectRow, name: string): string {
  const prefix = `${fold(project.name)}/`;
  return fold(name).startsWith(prefix) ? name.slice(prefix.length) : name;
}

function ofPipelines(
  project: ProjectRow,
  name: string,
  definitions: readonly DefinitionRow[],
): KnownRepository {
  const found = definitions.filter((one) => fold(repositoryNameOf(one)) === fold(name));
  const urls = [...new Set(found.map(repositoryUrlOf))];
  const [url] = urls;
  if (url !== undefined && urls.length === 1) return { name, url };
  const why =
    urls.length === 0 ? 'knows no repository' : 'has pipelines of several repositories that are called';
  throw new RepositoryError(
    `The project ${project.name} ${why} ${name}. Add it: signalbox repository add ${name} URL --project ${project.name}`,
  );
}
