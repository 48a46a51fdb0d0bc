import type { ProjectRow } from '@signalbox/store';
import { openConnection, type OpenConnection } from '../work/open-connection.ts';
import type { CalledConnection, Intent } from './call.ts';
import { callVariables } from './call-variables.ts';
import type { FoundCheck } from './check-place.ts';
import { connectionNamed, intend } from './intend.ts';
import type { CheckDesk } from './desk.ts';

/** A call that is ready to be sent, and the texts that must not be shown of it. */
export interface PreparedCall {
  readonly intent: Intent;
  readonly secrets: readonly string[];
}

/** Gathers connection and variables, and says what would be sent. */
export async function prepareCall(
  desk: Pick<CheckDesk, 'store' | 'sealer' | 'baseUrl'>,
  found: FoundCheck,
  call: { readonly project: ProjectRow; readonly evaluation: number; readonly accessToken: string },
): Promise<PreparedCall> {
  const { task, inputs, variableGroup } = found.settings;
  const { project, ...rest } = call;
  const named = connectionNamed(task, inputs);
  const connection = named === undefined ? undefined : await openConnection(desk, project.id, named);
  const group =
    variableGroup === undefined
      ? undefined
      : await desk.store.variableGroups.get(project.id, Number(variableGroup));
  const facts = { ...rest, group, collectionUri: `${desk.baseUrl()}/`, projectId: project.guid };
  const { lookup, secrets } = callVariables(found, facts, desk.sealer);
  const intent = intend(task, { inputs, lookup, connection: connection && called(connection) });
  return { intent, secrets: [...secrets, ...secretsOf(connection)] };
}

function called({ name, url, scheme, username, secret }: OpenConnection): CalledConnection {
  if (scheme === 'None') return { name, url };
  const authorization =
    scheme === 'Token'
      ? `Bearer ${secret}`
      : `Basic ${Buffer.from(`${username}:${secret}`).toString('base64')}`;
  return { name, url, authorization };
}

function secretsOf(connection: OpenConnection | undefined): readonly string[] {
  if (connection === undefined || connection.secret === '') return [];
  const basic = Buffer.from(`${connection.username}:${connection.secret}`).toString('base64');
  return [connection.secret, basic];
}
