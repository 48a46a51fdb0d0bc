import type { FormStageView, ParameterView, QueueFormView, WireDiagnostic } from '@signalbox/api';
import { compile, declaredParameters, type CompileResult } from '@signalbox/compiler';
import type { DefinitionRow, ProjectRow } from '@signalbox/store';
import type { Source } from '../../git/repositories.ts';
import { callerName } from '../../auth/principal.ts';
import { otherRepositories } from '../../work/other-repositories.ts';
import { runFacts } from '../../work/run-facts.ts';
import { openSource } from '../../work/source.ts';
import type { Ask } from '../ask.ts';
import { wireDiagnostic } from '../build/queue-build.ts';

/** What the file of a branch declares, for a form that queues a run of it; a file with mistakes is told with them. */
export async function readQueueForm(
  ask: Ask,
  project: ProjectRow,
  definition: DefinitionRow,
): Promise<QueueFormView> {
  const branch = ask.query.text('branch', 512);
  const source = await openSource(ask.app.repositories, definition, {
    ...(branch !== undefined && branch !== '' && { branch }),
  });
  const text = (await source.files.read(definition.yamlFilename)) ?? '';
  const declared = declaredParameters(definition.yamlFilename, text);
  const compiled = await compileForForm(ask, { project, definition, source });
  return {
    branch: source.branch,
    commit: source.commit,
    parameters: declared.ok
      ? declared.parameters.map((one): ParameterView => ({ displayName: one.name, ...one }))
      : [],
    variables: Object.entries(definition.variables)
      .filter(([, { allowOverride }]) => allowOverride)
      .map(([name, { value, secret }]) => ({ name, value: secret ? null : value, secret })),
    ...stagesOf(compiled),
  };
}

/** Values that a run has to be given are assumed: the form asks for them. */
function compileForForm(
  ask: Ask,
  { project, definition, source }: { project: ProjectRow; definition: DefinitionRow; source: Source },
): Promise<CompileResult> {
  const who = callerName(ask);
  return compile({
    files: source.files,
    path: definition.yamlFilename,
    assumeParameters: true,
    run: runFacts({ project, definition, source, reason: 'manual', requestedBy: who, requestedFor: who }),
    repositories: otherRepositories({ ...ask.app, project }).files,
  });
}

function stagesOf(compiled: CompileResult): {
  readonly stages: readonly FormStageView[];
  readonly problems: readonly WireDiagnostic[];
} {
  if (!compiled.ok) return { stages: [], problems: compiled.diagnostics.map(wireDiagnostic) };
  const stages = compiled.plan.stages.map(({ name, displayName, dependsOn, isSkippable }) => ({
    name,
    displayName,
    dependsOn,
    skippable: isSkippable,
  }));
  return { stages, problems: [] };
}
