import type { WireEnvironment } from '@signalbox/api';
import type { Context } from '../../context.ts';
import { CliError, EXIT } from '../../exit-codes.ts';

/** The environment of a project by its name, letter case aside, or its number. */
export async function environmentOf(
  context: Context,
  project: string,
  named: string,
): Promise<WireEnvironment> {
  const { items } = await context.client().listEnvironments(project);
  const found = items.find(
    ({ id, name }) => String(id) === named || name.toLowerCase() === named.toLowerCase(),
  );
  if (found !== undefined) return found;
  const names = items.map(({ name }) => name).join(', ') || 'none yet';
  throw new CliError(EXIT.notFound, `There is no environment ${named} in ${project}. There are: ${names}.`);
}
