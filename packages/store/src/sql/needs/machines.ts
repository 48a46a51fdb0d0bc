import { statement, type Statement } from '../work.ts';

/** The machines of an environment of a project; read once per deployment job that names them (DEP-2). */
export const machinesOf: Statement<[id: number, name: string, tags: string, pool: number]> = statement(
  'machines_of',
  `SELECT machine.id, machine.name, machine.tags, machine.pool FROM machine
   JOIN environment ON environment.id = machine.environment
   WHERE environment.project = $1 AND environment.id = $2 ORDER BY machine.folded`,
);
