import type { JobContainer, JobCredentials, JobRepository, JobSpecification } from '@signalbox/api';
import type { RunState } from '@signalbox/engine';
import { fold, type Plan } from '@signalbox/model';
import { openConnection, type OpenConnection } from '../../work/open-connection.ts';
import type { LibraryReader } from '../../tasks/job-library.ts';

/** The run that a job is of. */
export interface JobOfRun {
  readonly run: RunState;
  readonly plan: Plan;
}

type Opener = (name: string) => Promise<OpenConnection | undefined>;

/**
 * The job with what the service connections of its containers and repositories give, in clear: for its agent's eyes
 * only. Only connections that the stage was authorised for when the run was queued (CHK-2); without one, the agent says
 * what is missing.
 */
export async function withCredentials(
  reader: LibraryReader,
  of: JobOfRun,
  specification: JobSpecification,
): Promise<JobSpecification> {
  const open = opener(reader, of.run, specification.stage);
  const { containers, services, repositories } = specification;
  return {
    ...specification,
    ...(containers && { containers: await Promise.all(containers.map((one) => withRegistry(open, one))) }),
    ...(services && {
      services: await Promise.all(
        services.map(async (one) => ({ ...one, container: await withRegistry(open, one.container) })),
      ),
    }),
    ...(repositories && {
      repositories: await Promise.all(repositories.map((one) => withAccess(open, of.plan, one))),
    }),
  };
}

function opener(reader: LibraryReader, run: RunState, stage: string): Opener {
  const authorised = new Set(
    (run.resources[fold(stage)] ?? []).flatMap(({ type, id }) => (type === 'endpoint' ? [fold(id)] : [])),
  );
  return async (name) => {
    const found = await openConnection(reader, run.project, name);
    return found !== undefined && authorised.has(fold(found.guid)) ? found : undefined;
  };
}

async function withRegistry(open: Opener, container: JobContainer): Promise<JobContainer> {
  const found = container.endpoint === undefined ? undefined : await open(container.endpoint);
  const credentials = found === undefined ? undefined : credentialsOf(found);
  if (found === undefined || credentials === undefined) return container;
  return { ...container, registry: { address: found.url, ...credentials } };
}

async function withAccess(open: Opener, plan: Plan, repository: JobRepository): Promise<JobRepository> {
  const declared = plan.repositories.find((one) => fold(one.alias) === fold(repository.alias));
  const found = declared?.endpoint === undefined ? undefined : await open(declared.endpoint);
  const credentials = found === undefined ? undefined : credentialsOf(found);
  return credentials === undefined ? repository : { ...repository, credentials };
}

/** A token stands as the password of no user, as git's servers and registries take it. */
function credentialsOf({ scheme, username, secret }: OpenConnection): JobCredentials | undefined {
  return scheme === 'None' ? undefined : { username: scheme === 'Token' ? '' : username, password: secret };
}
