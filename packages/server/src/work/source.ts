import { TEMPLATE_REPOSITORY_TYPES, type TemplateRepositoryType } from '@signalbox/model';
import type { DefinitionRow } from '@signalbox/store';
import { RepositoryError } from '../git/git-program.ts';
import type { Repositories, Source } from '../git/repositories.ts';

/** The branch that a definition runs when none is named. */
export function defaultBranchOf(definition: DefinitionRow): string {
  const branch = definition.repository['defaultBranch'];
  return typeof branch === 'string' && branch !== '' ? branch : 'refs/heads/main';
}

/** Where the definition's files are. */
export function repositoryUrlOf(definition: DefinitionRow): string {
  const url = definition.repository['url'] ?? definition.repository['id'];
  if (typeof url !== 'string') throw new RepositoryError('The pipeline names no repository.');
  return url;
}

/** The name that a definition gives its repository, else the last part of its address. */
export function repositoryNameOf({ repository }: DefinitionRow): string {
  const { name, url } = repository;
  if (typeof name === 'string' && name !== '') return name;
  return typeof url === 'string' ? (/([^/:\\]+?)(?:\.git)?\/*$/.exec(url)?.[1] ?? '') : '';
}

/** The kind of a definition's repository in the words of pipeline files; what they have no word for is `git`. */
export function repositoryTypeOf({ repository }: DefinitionRow): TemplateRepositoryType {
  const written = typeof repository['type'] === 'string' ? repository['type'].toLowerCase() : '';
  return TEMPLATE_REPOSITORY_TYPES.find((type) => type === written) ?? 'git';
}

/** The files of a definition at a branch, or at one commit. */
export function openSource(
  repositories: Repositories,
  definition: DefinitionRow,
  at: { readonly branch?: string; readonly commit?: string },
): Promise<Source> {
  const { branch = defaultBranchOf(definition), commit } = at;
  return repositories.open({
    url: repositoryUrlOf(definition),
    branch,
    ...(commit !== undefined && { commit }),
  });
}
