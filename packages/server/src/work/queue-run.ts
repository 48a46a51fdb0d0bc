import { environmentOfPool } from './machine-pool.ts';
import { randomUUID } from 'node:crypto';
import type { FileProvider } from '@signalbox/compiler';
import type { Reply, RunCause } from '@signalbox/engine';
import type { CheckedResource, Diagnostic, Guid, Plan, RunId, RunReason } from '@signalbox/model';
import type { DefinitionRow, PoolRow, ProjectRow, Store } from '@signalbox/store';
import { nameGuid } from '../guid.ts';
import { problemCode, type ProblemCode } from '../refusals.ts';
import type { OtherRepositories } from './other-repositories.ts';
import { pipelineResourceVariables } from './pipeline-resources.ts';
import { readPlan } from './read-plan.ts';
import { knownVariables, runFacts } from './run-facts.ts';
import { forkHindrance, withoutSecrets } from './fork-limits.ts';
import { missingEnvironments, prepareResources, type StageResources } from './resources.ts';
import { repositoryNameOf, repositoryTypeOf } from './source.ts';

/** What to run: a definition at one commit, with what a person gave. */
export interface QueueRequest {
  readonly project: ProjectRow;
  readonly definition: DefinitionRow;
  readonly source: {
    readonly files: FileProvider;
    readonly branch: string;
    readonly commit: string;
    readonly commitMessage?: string;
  };
  /** The repositories that the file declares besides its own. */
  readonly others: OtherRepositories;
  readonly reason: RunReason;
  readonly requestedBy: string;
  readonly requestedFor: string;
  /** Whether who queues it may deploy to an environment (ENV-3). */
  readonly mayUse: (environment: CheckedResource) => Promise<boolean>;
  /** Whether he may make environments: those that are missing are made for him (DEP-4). */
  readonly mayCreate: () => Promise<boolean>;
  readonly variables?: Readonly<Record<string, string>>;
  /** Values for the file's `parameters`, as text; objects as JSON (PARM-3). */
  readonly templateParameters?: Readonly<Record<string, string>>;
  /** `Build.parameters` as it came, to be given back. */
  readonly parameters?: string;
  readonly stagesToSkip?: readonly string[];
  /** `Stage.Job`. */
  readonly jobsToSkip?: readonly string[];
  /** What starts it, when no person does. */
  readonly cause?: RunCause;
  /** The same key and input give the same run (INV-70); without a key each call makes a run. */
  readonly idempotency?: { readonly key: string; readonly input: string };
}

/** A run; or why there is none: the file's mistakes, or a refusal. */
export type QueueResult =
  | { readonly kind: 'queued'; readonly run: RunId; readonly number: string }
  | { readonly kind: 'invalid'; readonly diagnostics: readonly Diagnostic[] }
  | { readonly kind: 'refused'; readonly code: ProblemCode | undefined; readonly message: string };

/** The pool for jobs that name none, when the definition names none either. */
export const DEFAULT_POOL = 'Default';

/**
 * Queues a run: compiles the file at the commit, makes the environments it deploys to (DEP-4), and gives everything to
 * the project's trigger in one command. Used by REST and by `signalbox run`.
 */
export async function queueRun(store: Store, request: QueueRequest): Promise<QueueResult> {
  const known = await queuedBefore(store, request);
  if (known !== undefined) return known;
  const refusal = refusedByDefinition(request);
  if (refusal !== undefined) return refusal;
  const wanted = {
    files: request.source.files,
    path: request.definition.yamlFilename,
    queueTimeVariables: request.variables ?? {},
    parameters: request.templateParameters ?? {},
    run: runFacts(request),
    stagesToSkip: request.stagesToSkip ?? [],
  };
  const read = await readPlan(store, wanted, request.others);
  return read.ok ? queuePlan(store, request, read.plan) : { kind: 'invalid', diagnostics: read.diagnostics };
}

/** The file is right: what it uses of the project must be there. */
async function queuePlan(store: Store, request: QueueRequest, plan: Plan): Promise<QueueResult> {
  const [missing] = await missingEnvironments(store, request.project, plan);
  if (missing !== undefined && !(await request.mayCreate())) {
    return notAllowed(`${request.requestedBy} may not make the environment ${missing}, which does not exist`);
  }
  const pools = (await store.pools.list()).filter(({ name }) => environmentOfPool(name) === undefined);
  const defaultPool = pools.find(({ id }) => id === request.definition.defaultPool)?.name ?? DEFAULT_POOL;
  const owner = { ...request, variables: request.variables ?? {}, defaultPool };
  const prepared = await prepareResources(store, owner, plan);
  if (!prepared.ok) return { kind: 'invalid', diagnostics: prepared.diagnostics };
  const closed = forkHindrance(request, prepared.resources) ?? (await notUsable(request, prepared.resources));
  return closed ?? createRun(store, request, { ...prepared, pools, defaultPool });
}

function notAllowed(what: string): QueueResult {
  const message = `${what}; an administrator can give a role that may.`;
  return { kind: 'refused', code: 'environment-not-usable', message };
}

async function notUsable(
  { mayUse, requestedBy }: QueueRequest,
  resources: StageResources,
): Promise<QueueResult | undefined> {
  for (const resource of Object.values(resources).flat()) {
    if (resource.type !== 'environment' || (await mayUse(resource))) continue;
    return notAllowed(`${requestedBy} may not deploy to ${resource.name}`);
  }
  return undefined;
}

/** The run that this key made; its plan's id tells whether the input was the same. */
async function queuedBefore(store: Store, request: QueueRequest): Promise<QueueResult | undefined> {
  if (request.idempotency === undefined) return undefined;
  const reply = await store.inbox.replyOf(replyKey(request));
  if (reply === undefined) return undefined;
  const result = resultOf(reply);
  const run = result.kind === 'queued' ? await store.runs.get(result.run) : undefined;
  if (run === undefined || run.planId === planId(request)) return result;
  return { kind: 'refused', code: 'key-reused', message: 'The idempotency key was used for another run.' };
}

function replyKey({ project, idempotency }: QueueRequest): string {
  return `queue:${project.id}:${idempotency?.key ?? randomUUID()}`;
}

function planId({ project, idempotency }: QueueRequest): Guid {
  if (idempotency === undefined) return randomUUID();
  return nameGuid('plan', JSON.stringify([project.guid, idempotency.key, idempotency.input]));
}

function refusedByDefinition({ definition, variables = {} }: QueueRequest): QueueResult | undefined {
  const { queueStatus, name } = definition;
  if (queueStatus === 'disabled') {
    return {
      kind: 'refused',
      code: 'definition-disabled',
      message: `The pipeline ${name} is ${queueStatus}.`,
    };
  }
  const fixed = Object.keys(variables).find((name) => !mayBeSet(definition, name));
  if (fixed === undefined) return undefined;
  const message = `The variable ${fixed} cannot be set when queueing; allow that on the pipeline.`;
  return { kind: 'refused', code: 'variable-not-settable', message };
}

// A variable of the definition may be overridden only where it says so (TH18); a secret never: the run would keep the
// new value in clear.
function mayBeSet(definition: DefinitionRow, name: string): boolean {
  const own = Object.entries(definition.variables).find(
    ([other]) => other.toLowerCase() === name.toLowerCase(),
  );
  return own === undefined || (own[1].allowOverride && !own[1].secret);
}

interface Compiled {
  readonly plan: Plan;
  readonly resources: StageResources;
  readonly pools: readonly PoolRow[];
  readonly defaultPool: string;
}

async function createRun(
  store: Store,
  request: QueueRequest,
  { plan, resources, pools, defaultPool }: Compiled,
): Promise<QueueResult> {
  const { project, definition, source } = request;
  const body = {
    type: 'CreateRun',
    definition: { id: definition.id, name: definition.name, path: definition.path },
    projectName: project.name,
    repository: { type: repositoryTypeOf(definition), name: repositoryNameOf(definition) },
    plan,
    planId: planId(request),
    reason: request.reason,
    branch: source.branch,
    commit: source.commit,
    ...(source.commitMessage !== undefined && { commitMessage: source.commitMessage }),
    ...(definition.queueStatus === 'paused' && { held: true as const }),
    ...(request.cause !== undefined && { cause: request.cause }),
    known: {
      ...(await knownVariables(store, request)),
      ...(await pipelineResourceVariables(store, project, plan, request.cause?.variables)),
    },
    requestedBy: request.requestedBy,
    requestedFor: request.requestedFor,
    variables: variablesForRun(request),
    ...(request.parameters !== undefined && { parameters: request.parameters }),
    ...(Object.keys(request.templateParameters ?? {}).length > 0 && {
      templateParameters: request.templateParameters,
    }),
    stagesToSkip: request.stagesToSkip ?? [],
    ...(request.jobsToSkip !== undefined && { jobsToSkip: request.jobsToSkip }),
    defaultPool,
    pools: Object.fromEntries(pools.map((pool) => [pool.name.toLowerCase(), pool.id])),
    resources,
  } as const;
  return resultOf(
    await store.inbox.execute({ to: { kind: 'trigger', id: project.id }, body }, replyKey(request)),
  );
}

function variablesForRun(request: QueueRequest): ReturnType<typeof variablesOf> {
  const variables = variablesOf(request);
  return request.cause?.fork === true ? withoutSecrets(variables) : variables;
}

/** The definition's variables, and over them those given when queueing (VARD-3). */
function variablesOf({
  definition,
  variables = {},
}: QueueRequest): Readonly<Record<string, { readonly value: string; readonly secret: boolean }>> {
  const merged = new Map<string, { name: string; value: string; secret: boolean }>();
  for (const [name, { value, secret }] of Object.entries(definition.variables)) {
    merged.set(name.toLowerCase(), { name, value, secret });
  }
  for (const [name, value] of Object.entries(variables)) {
    const secret = merged.get(name.toLowerCase())?.secret ?? false;
    merged.set(name.toLowerCase(), { name, value, secret });
  }
  return Object.fromEntries([...merged.values()].map(({ name, value, secret }) => [name, { value, secret }]));
}

function resultOf(reply: Reply): QueueResult {
  if (!reply.ok)
    return { kind: 'refused', code: problemCode(reply.refusal.code), message: reply.refusal.message };
  const { value } = reply;
  if (typeof value === 'object' && value !== null && 'run' in value && 'number' in value) {
    if (typeof value.run === 'number' && typeof value.number === 'string') {
      return { kind: 'queued', run: value.run, number: value.number };
    }
  }
  throw new Error('The trigger answered something else than a run.');
}
