import type { ResourceKey } from '@signalbox/engine';
import type { ProjectId } from '@signalbox/model';
import type { EnvironmentRow } from '../port/catalogue.ts';
import type { ConnectionRow, VariableGroupRow } from '../port/library.ts';
import type { Rows } from './rows.ts';

interface Deletable {
  readonly environments: Rows<EnvironmentRow>;
  readonly connections: Rows<ConnectionRow>;
  readonly variableGroups: Rows<VariableGroupRow>;
}

/** Whether a resource was deleted; types that have no row of their own are never gone (CHK-54). */
export function isGone(tables: Deletable, project: ProjectId, { type, id }: ResourceKey): boolean {
  switch (type) {
    case 'environment':
      return tables.environments.get(Number(id))?.project !== project;
    case 'endpoint':
      return tables.connections.find((row) => row.guid === id)?.project !== project;
    case 'variablegroup':
      return tables.variableGroups.get(Number(id))?.project !== project;
    case 'named':
    case 'persistedStage':
    case 'queue':
    case 'repository':
    case 'securefile':
      return false;
  }
}
