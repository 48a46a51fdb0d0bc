import type { ResourceKey } from '@signalbox/engine';
import type { ProjectId } from '@signalbox/model';
import { call, statement, type Call, type Statement } from '../work.ts';

/** A row as long as the environment was not deleted. */
const environmentThere: Statement<[id: number]> = statement(
  'environment_there',
  'SELECT id FROM environment WHERE project = $1 AND id = $2',
);

/** A row as long as the service connection was not deleted. */
const connectionThere: Statement<[id: number]> = statement(
  'connection_there',
  'SELECT id FROM service_connection WHERE project = $1 AND guid = $2',
);

/** A row as long as the variable group was not deleted. */
const groupThere: Statement<[id: number]> = statement(
  'group_there',
  'SELECT id FROM variable_group WHERE project = $1 AND id = $2',
);

/** Asks for the row of a resource; undefined for the types that have none, and so are never gone (CHK-54). */
export function thereOf(project: ProjectId, { type, id }: ResourceKey): Call | undefined {
  switch (type) {
    case 'environment':
      return call(environmentThere, project, rowNumber(id));
    case 'endpoint':
      return call(connectionThere, project, id);
    case 'variablegroup':
      return call(groupThere, project, rowNumber(id));
    case 'named':
    case 'persistedStage':
    case 'queue':
    case 'repository':
    case 'securefile':
      return undefined;
  }
}

/** What is no number is the number of no row. */
export function rowNumber(id: string): number {
  return /^\d{1,15}$/.test(id) ? Number(id) : 0;
}
