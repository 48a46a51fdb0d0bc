import type { AgentJob, JobRepository, JobSpecification, PollResponse } from '@signalbox/api';
import { jobPath, jobSpecification, partName, type InstanceKey, type RunState } from '@signalbox/engine';
import type { AgentId, PoolId } from '@signalbox/model';
import type { FeedEntry } from '@signalbox/store';
import { jobScope } from '../../auth/principal.ts';
import { hashOf, newSecret } from '../../auth/secret.ts';
import { jobLibrary } from '../../tasks/job-library.ts';
import { repositoryUrlOf } from '../../work/source.ts';
import type { Ask, Handlers } from '../ask.ts';
import { identityRef } from '../shape/common.ts';
import { recordId } from '../shape/record.ts';
import { fieldsOf, type Fields } from '../read/fields.ts';
import { command, poolOf, required, requiredNumber } from './agent-caller.ts';
import { goneSignal } from './gone-signal.ts';
import { withCredentials } from './job-credentials.ts';
import { readInstance } from './read-instance.ts';

/** `poll`: the agent asks for work and waits for it. */
export const pollHandlers: Handlers<'agentPoll'> = { agentPoll: async (ask) => poll(ask) };

async function poll(ask: Ask): Promise<PollResponse> {
  const { app } = ask;
  const pool = poolOf(ask);
  const agent = ask.id('agentId', 'Agent');
  const session = required(ask.body(), 'session', 128);
  const gone = goneSignal(ask);
  // The wait begins before the question: an assignment in between is not missed.
  const waiting = app.hub.waitFor(concerns(pool, agent), app.leases.pollWaitMs, gone);
  try {
    const first = await askForWork(ask, { pool, agent, session });
    if (first !== undefined) return { job: first };
    if ((await waiting.over) !== 'found') return {};
    const second = await askForWork(ask, { pool, agent, session });
    return second === undefined ? {} : { job: second };
  } finally {
    waiting.cancel();
  }
}

/** True for entries after which the agent has work, or is no longer the one that serves. */
function concerns(pool: PoolId, agent: AgentId): (entry: FeedEntry) => boolean {
  return ({ address, event }) => {
    if (address.kind !== 'pool' || address.id !== pool) return false;
    if (event.type === 'RequestAssigned') return event.agent === agent;
    return event.type === 'AgentConnected' && event.agent.id === agent;
  };
}

interface Asker {
  readonly pool: PoolId;
  readonly agent: AgentId;
  readonly session: string;
}

async function askForWork(ask: Ask, { pool, agent, session }: Asker): Promise<AgentJob | undefined> {
  const body = { type: 'AgentPolled', agent, session } as const;
  const reply = await command(ask, { to: { kind: 'pool', id: pool }, body });
  const job = reply.raw('job');
  return job === undefined ? undefined : agentJob(ask, pool, fieldsOf(job, 'The job'));
}

async function agentJob(ask: Ask, pool: PoolId, job: Fields): Promise<AgentJob | undefined> {
  const { store } = ask.app;
  const run = await store.runs.get(requiredNumber(job, 'run'));
  const plan = run === undefined ? undefined : await store.runs.plan(run.id);
  const instance = readInstance(job.object('instance'));
  const specification =
    run === undefined || plan === undefined ? undefined : jobSpecification(run, plan, instance, ask.now);
  // The run is over, or gave up on this job: the pool is about to hear of it.
  if (run === undefined || plan === undefined || specification === undefined) return undefined;
  const known = withIds(instance, await withRepository(ask, run, specification));
  const complete = withSecrets(ask, known);
  const lease = { pool, request: requiredNumber(job, 'request'), lease: requiredNumber(job, 'lease') };
  return {
    request: lease.request,
    lease: lease.lease,
    leaseUntil: requiredNumber(job, 'leaseUntil'),
    specification: await withCredentials(ask.app, { run, plan }, complete),
    ...(await jobLibrary(ask.app, run, { specification, lease })),
    accessToken: await jobToken(ask, run, { lease, instance }),
    collectionUri: collectionUri(ask),
    secrets: [],
  };
}

/** From here on the values are in clear: on their way to the one job that may use them (INV-54). */
function withSecrets({ app }: Ask, specification: JobSpecification): JobSpecification {
  const variables = specification.variables.map((variable) =>
    variable.secret ? { ...variable, value: app.sealer.open(variable.value) } : variable,
  );
  return { ...specification, variables };
}

/** The ids that only the server computes: of the job's record, and of who started the stage (GLOSS-4, PVAR-1). */
function withIds(instance: InstanceKey, specification: JobSpecification): JobSpecification {
  const path = `${jobPath(instance)}.${partName(instance)}`;
  const by = specification.variables.find(({ name }) => name === 'Build.StageRequestedBy')?.value ?? '';
  const ids = Object.entries({
    'System.JobId': recordId(path, instance.jobAttempt),
    'Build.StageRequestedById': identityRef(by).id,
  }).map(([name, value]) => ({ name, value, secret: false, readonly: true }));
  return { ...specification, variables: [...specification.variables, ...ids] };
}

/** The engine knows the commit; where to fetch it from is the definition's (RSRC-6). */
async function withRepository(
  ask: Ask,
  run: RunState,
  specification: NonNullable<ReturnType<typeof jobSpecification>>,
): Promise<JobSpecification> {
  const { repository, repositories = [], ...rest } = specification;
  const definition = await ask.app.store.definitions.get(run.project, run.definition.id);
  if (repository === undefined || definition === undefined) return rest;
  const name = repository.name === '' ? run.definition.name : repository.name;
  return {
    ...rest,
    repository: { ...repository, name, url: repositoryUrlOf(definition) },
    ...(repositories.length > 0 && { repositories: await withAddresses(ask, run, repositories) }),
  };
}

/** Where each is now; one that was forgotten since is left out, and its checkout says so. */
async function withAddresses(
  { app }: Ask,
  run: RunState,
  repositories: readonly Omit<JobRepository, 'url'>[],
): Promise<readonly JobRepository[]> {
  const project = await app.store.projects.get(run.project);
  const found: JobRepository[] = [];
  for (const repository of repositories) {
    const known =
      project === undefined
        ? undefined
        : await app.known.find(project, repository.name).catch(() => undefined);
    if (known !== undefined) found.push({ ...repository, url: known.url });
  }
  return found;
}

/** `System.AccessToken`: random, stored as a hash, and good while the lease is (INV-54). */
async function jobToken(
  { app }: Ask,
  run: RunState,
  job: { readonly lease: { pool: PoolId; request: number; lease: number }; readonly instance: InstanceKey },
): Promise<string> {
  const secret = newSecret();
  await app.store.tokens.create({
    hash: hashOf(secret),
    name: `job ${job.instance.stage}.${job.instance.job} of run ${run.id}`,
    scope: jobScope(run.id, job.lease),
    project: run.project,
    pool: job.lease.pool,
  });
  return secret;
}

function collectionUri({ app, request }: Ask): string {
  const host = request.headers.host ?? '';
  // Bound to every address and with no public URL: the name by which this agent reached us is the one that works.
  const asCaller = app.addressOfCaller && /^[\w.:[\]-]+$/.test(host);
  const base = asCaller ? `${request.protocol}://${host}/${app.organization}` : app.baseUrl();
  return `${base}/`;
}
