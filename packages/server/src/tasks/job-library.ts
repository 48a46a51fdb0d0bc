import type { JobEndpoint, JobSecureFile, JobSpecification } from '@signalbox/api';
import { namedInInputs } from '@signalbox/compiler';
import type { RunState } from '@signalbox/engine';
import { expandMacros } from '@signalbox/expressions';
import { fold } from '@signalbox/model';
import type { Store } from '@signalbox/store';
import type { JobLease } from '../auth/principal.ts';
import type { Sealer } from '../auth/sealer.ts';
import { openConnection, type OpenConnection } from '../work/open-connection.ts';
import { secureFileResource } from '../work/protected/resources-by-id.ts';
import { secureFileTicket } from './secure-file-ticket.ts';

/** What of the library a job gets for its tasks, secrets in clear: for its agent's eyes only. */
export interface JobLibrary {
  readonly endpoints?: readonly JobEndpoint[];
  readonly secureFiles?: readonly JobSecureFile[];
}

/** What of a job's specification names things. */
type Specified = Pick<JobSpecification, 'stage' | 'steps' | 'variables'>;

/** What reading it takes. */
export interface LibraryReader {
  readonly store: Store;
  readonly sealer: Sealer;
}

/**
 * The service connections and secure files that inputs of the job's tasks name. Only what its stage was authorised for
 * when the run was queued: a name that a step changes later opens nothing (CHK-2).
 */
export async function jobLibrary(
  reader: LibraryReader,
  run: RunState,
  { specification, lease }: { readonly specification: Specified; readonly lease: JobLease },
): Promise<JobLibrary> {
  const authorised = new Set(
    (run.resources[fold(specification.stage)] ?? []).map(({ type, id }) => `${type}:${fold(id)}`),
  );
  const endpoints = new Map<string, JobEndpoint>();
  const secureFiles = new Map<string, JobSecureFile>();
  for (const { type, name } of namesIn(specification)) {
    if (type === 'endpoint') {
      const found = await openConnection(reader, run.project, name);
      if (found !== undefined && authorised.has(`endpoint:${fold(found.guid)}`)) {
        endpoints.set(found.guid, endpointOf(found));
      }
    } else if (authorised.has(`securefile:${fold(secureFileResource(name).id)}`)) {
      const found = await reader.store.secureFiles.find(run.project, name);
      if (found === undefined) continue;
      const ticket = secureFileTicket(reader.sealer, { file: found.guid, ...lease });
      secureFiles.set(found.guid, { id: found.guid, name: found.name, ticket });
    }
  }
  return {
    ...(endpoints.size > 0 && { endpoints: [...endpoints.values()] }),
    ...(secureFiles.size > 0 && { secureFiles: [...secureFiles.values()] }),
  };
}

function namesIn({ steps, variables }: Specified): ReturnType<typeof namedInInputs> {
  const known = new Map(
    variables.filter(({ secret }) => !secret).map(({ name, value }) => [fold(name), value]),
  );
  return steps
    .flatMap(namedInInputs)
    .map((one) => ({ ...one, name: expandMacros(one.name, (name) => known.get(fold(name))) }));
}

function endpointOf({ guid, name, url, scheme, username, secret }: OpenConnection): JobEndpoint {
  const parameters: Readonly<Record<OpenConnection['scheme'], Readonly<Record<string, string>>>> = {
    None: {},
    UsernamePassword: { username, password: secret },
    Token: { apitoken: secret },
  };
  return { id: guid, name, type: 'generic', url, scheme, parameters: parameters[scheme], data: {} };
}
