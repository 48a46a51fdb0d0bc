import type { WireBuild, WireDiagnostic } from '@signalbox/api';
import type { Diagnostic, RunId } from '@signalbox/model';
import type { DefinitionRow, ProjectRow } from '@signalbox/store';
import { callerName } from '../../auth/principal.ts';
import { queueRun, type QueueRequest, type QueueResult } from '../../work/queue-run.ts';
import { otherRepositories } from '../../work/other-repositories.ts';
import { openSource } from '../../work/source.ts';
import type { ProblemCode } from '../../refusals.ts';
import type { Ask } from '../ask.ts';
import { isAllowed } from '../library/require-act.ts';
import { badRequest, notFound, Problem } from '../problem.ts';
import type { Fields } from '../read/fields.ts';
import { readParameters } from '../read/parameters.ts';
import { VALUE_LENGTH, VARIABLES } from '../../limits.ts';
import { wireBuild } from '../shape/build.ts';
import { buildParts } from './find-run.ts';

/** `POST builds`: queues a run of the definition that the body or the query names. */
export async function queueBuild(ask: Ask): Promise<WireBuild> {
  const body = ask.body();
  const id = body.object('definition').number('id') ?? ask.query.number('definitionId');
  if (id === undefined) throw badRequest('"definition.id" is missing.');
  const { project, definition } = await definitionAnywhere(ask, body, id);
  const parameters = body.text('parameters', VALUE_LENGTH * 4);
  const run = await queue(ask, project, {
    definition,
    branch: body.text('sourceBranch', 512),
    commit: body.text('sourceVersion', 64),
    variables: parameters === undefined ? {} : readParameters(parameters),
    parameters,
    templateParameters: readTemplateParameters(body),
    stagesToSkip: [],
    requestedFor: body.object('requestedFor').text('displayName'),
  });
  const state = await ask.app.store.runs.get(run);
  if (state === undefined) throw notFound('Build', `The requested build ${run}`);
  return wireBuild(ask.app, project, await buildParts(ask, state));
}

// Some callers name no project in the path; the definition's body may, or the number is looked for everywhere.
async function definitionAnywhere(
  ask: Ask,
  body: Fields,
  id: number,
): Promise<{ readonly project: ProjectRow; readonly definition: DefinitionRow }> {
  const named = await ask.projectIfNamed();
  const inBody = body.object('project').text('id') ?? body.object('project').text('name');
  const other =
    named === undefined && inBody !== undefined ? await ask.app.store.projects.find(inBody) : undefined;
  const projects = [named, other].filter((project) => project !== undefined);
  for (const project of projects.length > 0 ? projects : await ask.app.store.projects.list()) {
    const definition = await ask.app.store.definitions.get(project.id, id);
    if (definition !== undefined) return { project, definition };
  }
  throw notFound('Definition', `The definition ${id}`);
}

/** Values for the file's `parameters` as texts, which the compiler types; objects and lists as JSON (PARM-3). */
export function readTemplateParameters(body: Fields): Readonly<Record<string, string>> {
  const entries = body.object('templateParameters').entries();
  if (entries.length > VARIABLES) throw badRequest(`More than ${VARIABLES} parameters.`);
  return Object.fromEntries(
    entries.map(([name, value]) => [name, typeof value === 'string' ? value : JSON.stringify(value ?? '')]),
  );
}

/** What the two ways to queue a run have in common. */
export interface QueueInput {
  readonly definition: DefinitionRow;
  readonly branch: string | undefined;
  readonly commit: string | undefined;
  readonly variables: Readonly<Record<string, string>>;
  readonly parameters: string | undefined;
  readonly templateParameters: Readonly<Record<string, string>>;
  readonly stagesToSkip: readonly string[];
  /** `Stage.Job`. */
  readonly jobsToSkip?: readonly string[];
  readonly requestedFor: string | undefined;
}

/** Opens the repository, queues, and turns every refusal into a `Problem`. */
export async function queue(ask: Ask, project: ProjectRow, input: QueueInput): Promise<RunId> {
  const { definition, branch, commit, parameters } = input;
  const source = await openSource(ask.app.repositories, definition, {
    ...(branch !== undefined && branch !== '' && { branch }),
    ...(commit !== undefined && commit !== '' && { commit }),
  });
  const requestedBy = callerName(ask);
  const key = ask.request.headers['idempotency-key'];
  const request: QueueRequest = {
    project,
    definition,
    source,
    others: otherRepositories({ ...ask.app, project }),
    reason: 'manual',
    requestedBy,
    requestedFor: input.requestedFor ?? requestedBy,
    mayUse: (environment) => isAllowed(ask, project, 'use', environment),
    mayCreate: () => isAllowed(ask, project, 'create'),
    variables: input.variables,
    templateParameters: input.templateParameters,
    ...(parameters !== undefined && { parameters }),
    stagesToSkip: input.stagesToSkip,
    ...(input.jobsToSkip !== undefined && { jobsToSkip: input.jobsToSkip }),
    ...(typeof key === 'string' && {
      idempotency: { key: key.slice(0, 200), input: JSON.stringify([definition.id, ask.request.body]) },
    }),
  };
  return runOf(await queueRun(ask.app.store, request));
}

function runOf(result: QueueResult): RunId {
  switch (result.kind) {
    case 'queued':
      return result.run;
    case 'invalid':
      throw invalidPipeline(result.diagnostics);
    case 'refused':
      throw refusedQueue(result.code, result.message);
  }
}

function refusedQueue(code: ProblemCode | undefined, message: string): Problem {
  if (code === 'key-reused') return new Problem(422, 'IdempotencyKeyReusedException', message, { code });
  if (code === 'environment-not-usable') return new Problem(403, 'AccessDeniedException', message, { code });
  return new Problem(400, 'InvalidRequestException', message, { code });
}

/** 400 with every mistake of the file, each with its place (REST.md §3.4). */
export function invalidPipeline(diagnostics: readonly Diagnostic[]): Problem {
  const wire = diagnostics.map(wireDiagnostic);
  const lines = wire.map(
    ({ file, line, column, message, help }) => `/${file} (Line: ${line}, Col: ${column}): ${message} ${help}`,
  );
  return new Problem(400, 'PipelineValidationException', lines.join('\n'), { diagnostics: wire });
}

/** A mistake of a file as it is told. */
export function wireDiagnostic({ code, severity, message, help, range }: Diagnostic): WireDiagnostic {
  return { code, severity, message, help, file: range.file, line: range.line, column: range.column };
}
