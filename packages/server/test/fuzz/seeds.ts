import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { patternsOf, ROUTES, type RouteName } from '@signalbox/api';
import { parse } from 'yaml';

/** A request that means something, before anything is done to it. `path` is below the organisation. */
export interface Seed {
  readonly method: string;
  readonly path: string;
  readonly body?: unknown;
}

const METHODS = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS'] as const;
const folder = fileURLToPath(new URL('../../../../spec/rest/', import.meta.url));

/** Every request of `spec/rest`, with the bodies that the tables send. */
export function seedsOfTables(): readonly Seed[] {
  const files = readdirSync(folder).filter((file) => file.endsWith('.yml'));
  const cases = files.flatMap(
    (file) => parse(readFileSync(`${folder}${file}`, 'utf8')) as Record<string, unknown>[],
  );
  return cases.map(seedOf).filter(isMeant);
}

function seedOf(one: Readonly<Record<string, unknown>>): Seed {
  const method = METHODS.find((name) => one[name] !== undefined) ?? 'GET';
  return { method, path: String(one[method]), ...(one['send'] !== undefined && { body: one['send'] }) };
}

// What each parameter of the route table is replaced by: ids that exist, where there is one.
const VALUES: Readonly<Record<string, string>> = {
  organization: 'default',
  project: 'Demo',
  projectId: 'Demo',
  pool: 'Default',
  hub: 'checks',
  type: 'environment',
  resourceType: 'environment',
  stage: 'Deploy',
  name: 'deploy',
  tag: 'good',
};

/** One request for each route of the table, with an empty body where it writes. */
export function seedsOfRoutes(): readonly Seed[] {
  const names = (Object.keys(ROUTES) as RouteName[]).filter((name) => name !== 'feed');
  return names
    .flatMap((name) => patternsOf(ROUTES[name]).map((pattern) => [ROUTES[name].method, pattern] as const))
    .filter(([, pattern]) => pattern.startsWith('/:organization'))
    .map(([method, pattern]) => ({
      method,
      path: pattern.slice('/:organization'.length).replaceAll(/:(\w+)|\*/g, valueOf),
      ...(['POST', 'PUT', 'PATCH'].includes(method) && { body: {} }),
    }))
    .filter(isMeant);
}

function valueOf(_: string, parameter: string | undefined): string {
  return VALUES[parameter ?? ''] ?? '1';
}

// The feed never ends; whoever deletes a project takes the ground from all that follows.
function isMeant({ method, path }: Seed): boolean {
  return !/\/signalbox\/feed\b/.test(path) && !(method === 'DELETE' && path.startsWith('/_apis/projects/'));
}
