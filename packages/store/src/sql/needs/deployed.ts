import { statement, type Statement } from '../work.ts';

/** What a pipeline last deployed behind a lock. */
export const deployed: Statement<[doc: string]> = statement(
  'deployed',
  'SELECT doc FROM deployed WHERE project = $1 AND lock = $2 AND definition = $3',
);
