import type { Collection } from '../wire/common.ts';
import type { WireIdentity } from '../wire/identities.ts';
import type { WireProcess, WireProjectProperties, WireTeam } from '../wire/projects.ts';
import type { Skipping } from './shape.ts';

/** What the routes of `routes/teams.ts` take and answer. */
export interface TeamShapes {
  readonly listTeams: { readonly query: Skipping; readonly answer: Collection<WireTeam> };
  readonly getTeam: { readonly answer: WireTeam };
  readonly listAllTeams: { readonly query: Skipping; readonly answer: Collection<WireTeam> };
  readonly listProcesses: { readonly answer: Collection<WireProcess> };
  readonly getProcess: { readonly answer: WireProcess };
  readonly listProjectsProperties: {
    readonly query: {
      readonly projectIds: readonly string[];
      /** Names; a `*` at the end stands for any end. Absent: all. */
      readonly properties?: readonly string[];
    };
    readonly answer: Collection<WireProjectProperties>;
  };
  readonly getIdentity: { readonly answer: WireIdentity };
  readonly getSelf: { readonly answer: WireIdentity };
}
