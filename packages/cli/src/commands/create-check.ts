import type { Context } from '../context.ts';
import { printObject } from '../output/print.ts';
import { environmentOf, projectOf } from './options.ts';

/** What every new check is told. */
export interface NewCheckOptions {
  readonly project?: string;
  readonly environment: string;
  /** Minutes. */
  readonly timeout?: number;
}

/** Puts a check of a type on an environment, and shows it. */
export async function createCheck(
  context: Context,
  { project: named, environment: wanted, timeout }: NewCheckOptions,
  type: string,
  settings: Readonly<Record<string, unknown>>,
): Promise<void> {
  const project = await projectOf(context, named);
  const environment = await environmentOf(context, project, wanted);
  const check = await context.client().addCheck(project, {
    type: { id: type },
    resource: { type: 'environment', id: String(environment) },
    settings,
    ...(timeout !== undefined && { timeout }),
  });
  printObject(context.terminal, context.format(), check, [
    ['check', String(check.id)],
    ['environment', check.resource.name],
    ['time-out', `${check.timeout} min`],
  ]);
}
