import type { EnvironmentRow, ProjectRow } from '@signalbox/store';
import type { Ask } from '../ask.ts';
import { notFound } from '../problem.ts';

/** The environment that the path names; 404 when there is none. */
export async function findEnvironment(ask: Ask, project: ProjectRow): Promise<EnvironmentRow> {
  const id = ask.id('environmentId', 'Environment');
  const row = await ask.app.store.environments.get(project.id, id);
  if (row === undefined) throw notFound('Environment', `The environment ${id}`);
  return row;
}
