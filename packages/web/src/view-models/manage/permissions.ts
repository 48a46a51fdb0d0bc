import type { WireDefinition, WirePipelinePermissions } from '@signalbox/api';
import type { Moment } from '../time.ts';
import { ago, moment } from '../time.ts';

/** Which pipelines may use something, as the page says it. */
export interface PermissionList {
  /** Every pipeline may, also those that are made later. */
  readonly open: boolean;
  /** One sentence. */
  readonly text: string;
  /** Those that are named. */
  readonly named: readonly {
    readonly id: number;
    readonly name: string;
    readonly by: string;
    readonly on: Moment;
  }[];
  /** Those that could be. */
  readonly others: readonly { readonly id: number; readonly name: string }[];
}

/** Reads the permissions of a resource; nobody having said anything, every pipeline may use it. */
export function permissionList(
  permissions: WirePipelinePermissions,
  definitions: readonly WireDefinition[],
  now: number,
): PermissionList {
  const { allPipelines } = permissions;
  const open = allPipelines?.authorized ?? true;
  const nameOf = (id: number): string => definitions.find((one) => one.id === id)?.name ?? `pipeline ${id}`;
  const named = permissions.pipelines
    .filter(({ authorized }) => authorized)
    .map(({ id, authorizedBy, authorizedOn }) => ({
      id,
      name: nameOf(id),
      by: authorizedBy.displayName,
      on: moment(ago(authorizedOn, now), authorizedOn),
    }));
  return {
    open,
    text: open
      ? 'Every pipeline of the project may use it, also one that is made later.'
      : 'A pipeline that is not named waits at the stage that uses it, until somebody permits it.',
    named,
    others: definitions.filter(({ id }) => !named.some((one) => one.id === id)),
  };
}
