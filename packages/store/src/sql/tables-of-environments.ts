import type { Generated } from 'kysely';

/** Environments; names are unique in their project, folded. */
export interface EnvironmentTable {
  id: Generated<number>;
  project: number;
  name: string;
  folded: string;
  description: string;
  created_by: string;
  created_at: number;
  updated_at: number;
}

/** The history of environments (DEP-11). */
export interface DeploymentTable {
  id: Generated<number>;
  key: string;
  environment: number;
  run: number;
  stage: string;
  stage_attempt: number;
  job: string;
  queue_time: number;
  start_time: number | null;
  finish_time: number;
  result: string;
  resource: number | null;
}

/** The machines of environments (ENV-5). */
export interface MachineTable {
  id: Generated<number>;
  environment: number;
  name: string;
  folded: string;
  /** A JSON list. */
  tags: string;
  pool: number;
  created_at: number;
  updated_at: number;
}
