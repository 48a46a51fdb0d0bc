import type { EnvironmentRow, PoolRow } from '@signalbox/store';
import type { EnvironmentPlace } from '../../work/machine-pool.ts';
import type { Ask } from '../ask.ts';
import { forbidden, notFound } from '../problem.ts';
import type { Fields } from '../read/fields.ts';
import { readMachineTags } from '../read/tags.ts';

/** The environment of a machine's token, if it is there and the agent says that it is the one it belongs to. */
export async function environmentOfAgent(
  { app }: Ask,
  { project, environment }: EnvironmentPlace,
  said: Fields,
): Promise<EnvironmentRow> {
  const row = await app.store.environments.get(project, environment);
  if (row === undefined) throw notFound('Environment', 'The environment of this token');
  const name = said.textOrNumber('name') ?? '';
  if (name.toLowerCase() === row.name.toLowerCase() || name === String(row.id)) return row;
  throw forbidden(
    `This token is for the machines of environment ${row.name}: start the agent with --environment.`,
  );
}

/** Notes that the agent is a machine of the environment; it keeps its tags where none are said (DEP-12, ENV-5). */
export async function registerMachine(
  { app }: Ask,
  place: { readonly environment: EnvironmentRow; readonly pool: PoolRow; readonly name: string },
  said: Fields,
): Promise<void> {
  const { environment, pool, name } = place;
  await app.store.machines.register({
    environment: environment.id,
    name,
    pool: pool.id,
    ...(said.has('tags') && { tags: readMachineTags(said.list('tags')) }),
  });
}
