import type { ApprovalRow } from '@signalbox/engine';
import type { Generated } from 'kysely';
import type { TablesOfBuilds } from './tables-of-builds.ts';
import type {
  GroupMemberTable,
  GroupTable,
  RoleTable,
  SecretTable,
  TokenTable,
  UserTable,
} from './tables-of-identities.ts';
import type { DeploymentTable, EnvironmentTable, MachineTable } from './tables-of-environments.ts';
import type { ArtifactType } from '../port/artifacts.ts';
import type { DeliveryState, SubscriptionState } from '../port/notifications.ts';
import type { ConnectionScheme } from '../port/library.ts';
import type { TestOutcome } from '../port/results.ts';

/** The tables that ordinary queries read and write, as the migrations make them. */
export interface Tables extends TablesOfBuilds {
  project: ProjectTable;
  definition: DefinitionTable;
  pool: { id: Generated<number>; name: string; folded: string; created_at: number };
  queue: { id: Generated<number>; project: number; pool: number };
  environment: EnvironmentTable;
  deployment: DeploymentTable;
  machine: MachineTable;
  service_connection: ConnectionTable;
  variable_group: VariableGroupTable;
  task_package: TaskPackageTable;
  secure_file: SecureFileTable;
  pipeline_permission: PermissionTable;
  check_configuration: CheckTable;
  approval: ApprovalTable;
  token: TokenTable;
  account: UserTable;
  account_group: GroupTable;
  account_group_member: GroupMemberTable;
  role_assignment: RoleTable;
  session: SecretTable;
  sign_in_code: SecretTable;
  setting: { key: string; value: string };
  run: RunTable;
  run_tag: { run: number; folded: string; name: string; project: number; queue_time: number };
  log: { run: number; log: number; line_count: number; created_at: number; changed_at: number };
  log_chunk: { run: number; log: number; first_line: number; line_count: number; lines: string };
  mail: MailTable;
  effect: {
    id: Generated<number>;
    key: string;
    due: number;
    attempt: number;
    body: string;
    reason: string | null;
  };
  journal: {
    seq: number;
    kind: string;
    id: number;
    version: number;
    at: number;
    event: string;
    cause: string | null;
  };
  resource_lock: { project: number; id: number; resource_type: string; resource_id: string; doc: string };
  bundle: { project: number; id: number; run: number; status: string; doc: string };
  lock_request: LockRequestTable;
  expected: ExpectedTable;
  forecast: { project: number; lock: number; bundle: number; at: number; p50: number; p90: number };
  subscription: SubscriptionTable;
  delivery: DeliveryTable;
  watched_repository: { project: number; place: string; version: number; refs: string; definitions: string };
  occasion: OccasionTable;
  schedule: ScheduleTable;
  agent: { pool: number; id: number; name: string; doc: string };
  job_request: JobRequestTable;
  blob_use: { owner: string; sha256: string; project: number; at: number };
  attachment: AttachmentTable;
  test_run: {
    id: Generated<number>;
    run: number;
    key: string;
    title: string;
    format: string;
    created_at: number;
  };
  test_result: TestResultTable;
  coverage: { run: number; key: string; label: string; covered: number; total: number };
  artifact: ArtifactTable;
  container_part: ContainerPartTable;
  cache_entry: CacheTable;
}

interface OccasionTable {
  id: Generated<number>;
  project: number;
  definition: number;
  key: string;
  lane: string;
  body: string;
  attempts: number;
  created_at: number;
  due: number;
  ended_at: number | null;
  outcome: string | null;
}

interface ScheduleTable {
  id: Generated<number>;
  project: number;
  definition: number;
  branch: string;
  plan: string;
  due: number | null;
}

interface ProjectTable {
  id: Generated<number>;
  guid: string;
  name: string;
  folded: string;
  description: string;
  state: 'wellFormed' | 'deleting';
  revision: number;
  created_at: number;
  updated_at: number;
}

interface DefinitionTable {
  id: Generated<number>;
  project: number;
  name: string;
  folded: string;
  path: string;
  folded_path: string;
  repository: string;
  yaml_filename: string;
  variables: string;
  queue_status: 'enabled' | 'paused' | 'disabled';
  default_pool: number | null;
  revision: number;
  created_at: number;
  updated_at: number;
  extra: string;
}

interface ConnectionTable {
  id: Generated<number>;
  guid: string;
  project: number;
  name: string;
  folded: string;
  description: string;
  url: string;
  scheme: ConnectionScheme;
  username: string;
  secret: string;
  created_by: string;
  created_at: number;
  updated_at: number;
}

interface TaskPackageTable {
  id: Generated<number>;
  task: string;
  version: string;
  folded: string;
  manifest: string;
  sha256: string;
  size: number;
  installed_by: string;
  installed_at: number;
}

interface SecureFileTable {
  id: Generated<number>;
  guid: string;
  project: number;
  name: string;
  folded: string;
  sha256: string;
  size: number;
  created_by: string;
  created_at: number;
}

interface VariableGroupTable {
  id: Generated<number>;
  project: number;
  name: string;
  folded: string;
  description: string;
  variables: string;
  created_by: string;
  created_at: number;
  modified_by: string;
  modified_at: number;
}

interface PermissionTable {
  project: number;
  resource_type: string;
  resource_id: string;
  definition: number;
  authorized: number;
  by_whom: string;
  at: number;
}

interface CheckTable {
  id: Generated<number>;
  project: number;
  resource_type: string;
  resource_id: string;
  resource_name: string;
  settings: string;
  timeout: number;
  enabled: number;
  version: number;
  created_by: string;
  created_at: number;
  modified_by: string;
  modified_at: number;
}

interface ApprovalTable {
  run: number;
  folded: string;
  attempt: number;
  number: number;
  project: number;
  stage: string;
  status: ApprovalRow['status'];
  created_at: number;
}

interface ArtifactTable {
  id: Generated<number>;
  project: number;
  run: number;
  name: string;
  folded: string;
  type: ArtifactType;
  data: string;
  properties: string;
  manifest: string | null;
  files: number;
  bytes: number;
  source: string;
  key: string;
  created_at: number;
}

interface ContainerPartTable {
  id: Generated<number>;
  run: number;
  folder: string;
  folded: string;
  manifest: string;
  files: number;
  bytes: number;
  key: string;
}

interface CacheTable {
  id: Generated<number>;
  project: number;
  definition: number;
  scope: string;
  key: string;
  manifest: string;
  files: number;
  bytes: number;
  created_at: number;
  used_at: number;
}

interface RunTable {
  id: number;
  project: number;
  definition: number;
  number: string;
  status: string;
  result: string | null;
  reason: string;
  branch: string;
  requested_for: string;
  queue_time: number;
  start_order: number;
  finish_order: number;
  doc: string;
}

interface MailTable {
  seq: number;
  kind: string;
  target: number;
  due: number;
  body: string;
  command: string | null;
  attempts: number;
  parked: string | null;
}

interface LockRequestTable {
  project: number;
  lock: number;
  bundle: number;
  state: 'expected' | 'waiting' | 'inUse' | 'ended';
  order_time: number;
  finish_time: number | null;
  definition: number;
  stage: string;
}

interface ExpectedTable {
  project: number;
  run: number;
  stage: string;
  resource_type: string;
  resource_id: string;
  definition: number;
  run_queue_time: number;
  branch: string;
  awaited_since: number | null;
  lapsed: 0 | 1;
}

interface JobRequestTable {
  pool: number;
  id: number;
  run: number;
  phase: string;
  ready_at: number;
  doc: string;
}

interface SubscriptionTable {
  id: Generated<number>;
  guid: string;
  project: number;
  settings: string;
  state: SubscriptionState;
  reason: string | null;
  version: number;
  created_by: string;
  created_at: number;
  modified_by: string;
  modified_at: number;
  active_from: number;
  failing_since: number | null;
  omitted: number;
}

interface DeliveryTable {
  id: Generated<number>;
  guid: string;
  subscription: number;
  event: string;
  body: string;
  state: DeliveryState;
  attempts: number;
  due: number;
  since: number;
  created_at: number;
  ended_at: number | null;
  result: string | null;
}

interface AttachmentTable {
  id: Generated<number>;
  run: number;
  record: string;
  type: string;
  name: string;
  sha256: string;
  size: number;
  created_at: number;
}

interface TestResultTable {
  test_run: number;
  number: number;
  name: string;
  storage: string;
  outcome: TestOutcome;
  duration_ms: number;
  message: string;
  stack: string;
}
