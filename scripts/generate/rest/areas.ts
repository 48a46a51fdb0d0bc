import type { Route } from '../../../packages/api/src/index.ts';

/** A part of the API, as the reference and the OpenAPI document group routes. */
export interface Area {
  readonly title: string;
  readonly has: (route: Route) => boolean;
}

const under =
  (...beginnings: readonly string[]) =>
  ({ path }: Route): boolean =>
    beginnings.some((beginning) => path.startsWith(`/_apis/${beginning}`));

/** In order: a route belongs to the first area that has it. */
export const AREAS: readonly Area[] = [
  { title: 'Health, sign-in, metrics', has: ({ scope }) => scope === 'root' },
  { title: 'Agent protocol', has: under('signalbox/agent/') },
  { title: 'Lock queue', has: under('signalbox/locks', 'signalbox/bundles', 'pipelines/resourcelocks') },
  { title: 'Leases and gates', has: under('signalbox/leases', 'signalbox/gates') },
  { title: 'Triggers', has: under('signalbox/triggers', 'signalbox/pushhooks') },
  { title: 'Notifications', has: under('signalbox/notifications', 'hooks/') },
  { title: 'Runs, feed, audit, tokens: our own routes', has: under('signalbox/') },
  { title: 'Definitions', has: under('build/definitions', 'build/folders') },
  { title: 'Builds', has: under('build/', 'public/build/', 'test/') },
  { title: 'Checks and approvals', has: under('pipelines/checks', 'pipelines/approvals') },
  { title: 'Pipelines', has: under('pipelines') },
  { title: 'Environments', has: under('distributedtask/environments') },
  {
    title: 'Tasks and library',
    has: under(
      'distributedtask/tasks',
      'distributedtask/securefiles',
      'distributedtask/variablegroups',
      'serviceendpoint',
    ),
  },
  { title: 'Pools and agents', has: under('distributedtask/') },
  { title: 'Discovery, projects, identities', has: () => true },
];

/** The title of the area of a route. */
export function areaOf(route: Route): string {
  return AREAS.find(({ has }) => has(route))?.title ?? '';
}
