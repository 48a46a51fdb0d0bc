import type { RoleAssignment, WirePipelinePermissions } from '@signalbox/api';
import type { Context } from '../../context.ts';
import { ago } from '../../output/age.ts';
import { printObject } from '../../output/print.ts';
import { projectOf } from '../options.ts';
import { environmentOf } from './environment-of.ts';

/** `signalbox environments show`: one environment with everything that stands before a deployment to it. */
export async function showEnvironment(
  context: Context,
  name: string,
  options: { readonly project?: string },
): Promise<void> {
  const project = await projectOf(context, options.project);
  const client = context.client();
  const environment = await environmentOf(context, project, name);
  const { id } = environment;
  const checks = (await client.listChecks(project, id)).items;
  const permissions = await client.getPipelinePermissions(project, { type: 'environment', id });
  const roles = (await client.getRoles(project, id)).value;
  const [last] = (await client.listDeployments(project, id, { top: 1 })).items;
  printObject(context.terminal, context.format(), { ...environment, checks, permissions, roles, last }, [
    ['environment', `${environment.name} (${id})`],
    ['description', environment.description],
    ['checks', checks.map(({ id: check, type }) => `${type.name} (${check})`).join(', ') || 'none'],
    ['pipelines', await pipelinesText(context, project, permissions)],
    ['roles', rolesText(roles)],
    [
      'last deployment',
      last === undefined
        ? 'none'
        : `${last.definition.name} run ${last.owner.id}, ${last.result}, ${ago(last.finishTime, context.now())}`,
    ],
  ]);
}

/** Which pipelines may use a resource, by name. */
export async function pipelinesText(
  context: Context,
  project: string,
  { allPipelines, pipelines }: WirePipelinePermissions,
): Promise<string> {
  if (allPipelines === undefined) return 'all may use it; nobody said anything';
  if (allPipelines.authorized) return `all may use it, says ${allPipelines.authorizedBy.displayName}`;
  if (pipelines.length === 0) return 'none may use it';
  const { items } = await context.client().listDefinitions(project);
  const names = new Map(items.map((item) => [item.id, item.name]));
  return `only ${pipelines.map(({ id }) => names.get(id) ?? String(id)).join(', ')}`;
}

/** Who has which role, in a line. */
function rolesText(roles: readonly RoleAssignment[]): string {
  if (roles.length === 0) return 'as tokens say';
  return roles.map(({ kind, name, role }) => `${kind === 'group' ? '@' : ''}${name}: ${role}`).join(', ');
}
