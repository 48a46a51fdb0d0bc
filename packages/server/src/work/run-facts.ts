import type { CompileRequest } from '@signalbox/compiler';
import type { RunReason } from '@signalbox/model';
import type { DefinitionRow, ProjectRow } from '@signalbox/store';
import { repositoryUrlOf } from './source.ts';

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
  return {
    // Build.Reason is spelled `Manual`, `IndividualCI`, …
    reason: reason.charAt(0).toUpperCase() + reason.slice(1),
    definitionName: definition.name,
    definitionId: String(definition.id),
    definitionVersion: String(definition.revision),
    sourceBranch: source.branch,
    sourceVersion: source.commit,
    queuedBy: run.requestedBy,
    requestedFor: run.requestedFor,
    repositoryUri: repositoryUrlOf(definition),
    teamProject: project.name,
    teamProjectId: project.guid,
  };
}
