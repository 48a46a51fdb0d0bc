import type { CompileRequest } from '@signalbox/compiler';
import type { RunReason } from '@signalbox/model';
import type { DefinitionRow, ProjectRow, Store } from '@signalbox/store';
import { identityRef } from '../http/shape/common.ts';
import { repositoryNameOf, repositoryTypeOf, repositoryUrlOf } from './source.ts';

/** What is known of a run before it is compiled. */
export interface RunToBe {
  readonly project: ProjectRow;
  readonly definition: DefinitionRow;
  readonly source: { readonly branch: string; readonly commit: string };
  readonly reason: RunReason;
  readonly requestedBy: string;
  readonly requestedFor: string;
}

/** The predefined variables that `${{ }}` sees (PVAR-1): without them a condition on the branch would decide wrongly. */
export function runFacts(run: RunToBe): NonNullable<CompileRequest['run']> {
  const { project, definition, source, reason } = run;
  const address = withoutUser(repositoryUrlOf(definition));
  return {
    // Build.Reason is spelled `Manual`, `IndividualCI`, …
    reason: reason.charAt(0).toUpperCase() + reason.slice(1),
    definitionName: definition.name,
    definitionId: String(definition.id),
    definitionVersion: String(definition.revision),
    sourceBranch: source.branch,
    sourceVersion: source.commit,
    queuedBy: run.requestedBy,
    queuedById: identityRef(run.requestedBy).id,
    requestedFor: run.requestedFor,
    requestedForId: identityRef(run.requestedFor).id,
    ...(run.requestedFor.includes('@') && { requestedForEmail: run.requestedFor }),
    repositoryId: address,
    repositoryName: repositoryNameOf(definition),
    repositoryUri: address,
    teamProject: project.name,
    teamProjectId: project.guid,
  };
}

/**
 * The predefined variables of a run that hang on rows of the server and not on the run itself (PVAR-1): the same values
 * that `${{ }}` sees, kept with the run, because a pipeline may be renamed and its repository moved.
 */
export async function knownVariables(store: Store, run: RunToBe): Promise<Readonly<Record<string, string>>> {
  const facts = runFacts(run);
  const collection = await store.settings.get('instance-id');
  return {
    'Build.DefinitionVersion': facts.definitionVersion ?? '',
    'Build.QueuedById': facts.queuedById ?? '',
    'Build.RequestedForId': facts.requestedForId ?? '',
    ...(facts.requestedForEmail !== undefined && { 'Build.RequestedForEmail': facts.requestedForEmail }),
    'Build.Repository.ID': facts.repositoryId ?? '',
    'Build.Repository.Name': facts.repositoryName ?? '',
    'Build.Repository.Provider': PROVIDERS[repositoryTypeOf(run.definition)],
    'Build.Repository.Uri': facts.repositoryUri ?? '',
    'System.TeamProjectId': facts.teamProjectId ?? '',
    ...(collection !== undefined && { 'System.CollectionId': collection }),
  };
}

/** The words of `Build.Repository.Provider`; every repository that is fetched by its address alone is `Git`. */
const PROVIDERS: Readonly<Record<ReturnType<typeof repositoryTypeOf>, string>> = {
  git: 'Git',
  github: 'GitHub',
  githubenterprise: 'GitHubEnterprise',
  bitbucket: 'Bitbucket',
};

/** A repository's address may hold a password, which is no part of its name. */
function withoutUser(url: string): string {
  return url.replace(/^([a-z][a-z0-9+.-]*:\/\/)[^/@]*@/i, '$1');
}
