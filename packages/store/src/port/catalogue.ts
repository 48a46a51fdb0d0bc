import type { ReplyValue } from '@signalbox/engine';
import type {
  DefinitionId,
  EnvironmentId,
  Guid,
  Instant,
  Millis,
  PoolId,
  ProjectId,
  RunId,
} from '@signalbox/model';
import type { Page, PageOptions } from './page.ts';

/** A JSON object that the store keeps and gives back as it is. */
export type JsonObject = { readonly [key: string]: ReplyValue };

/** A project. */
export interface ProjectRow {
  readonly id: ProjectId;
  readonly guid: Guid;
  readonly name: string;
  readonly description: string;
  readonly state: 'wellFormed' | 'deleting';
  readonly revision: number;
  readonly createdAt: Instant;
  readonly updatedAt: Instant;
}

/** Projects; names are unique, letter case aside. Of one that is `deleting` only `get` and `deleting` tell. */
export interface Projects {
  create(project: Pick<ProjectRow, 'guid' | 'name' | 'description'>): Promise<ProjectRow>;
  get(id: ProjectId): Promise<ProjectRow | undefined>;
  /** By name in any letter case, or by GUID. */
  find(nameOrGuid: string): Promise<ProjectRow | undefined>;
  /** By name. */
  list(): Promise<readonly ProjectRow[]>;
  /** Those that are being deleted, or were: their rows stay, for histories name them. */
  deleting(): Promise<readonly ProjectRow[]>;
  update(
    id: ProjectId,
    patch: Partial<Pick<ProjectRow, 'name' | 'description' | 'state'>>,
  ): Promise<ProjectRow>;
}

/** A pipeline's variable; a secret one's value is never listed by callers. */
export interface DefinitionVariable {
  readonly value: string;
  readonly secret: boolean;
  readonly allowOverride: boolean;
}

/** A pipeline definition. */
export interface DefinitionRow {
  readonly id: DefinitionId;
  readonly project: ProjectId;
  readonly name: string;
  /** The folder, `\` for the root. */
  readonly path: string;
  readonly repository: JsonObject;
  readonly yamlFilename: string;
  readonly variables: Readonly<Record<string, DefinitionVariable>>;
  readonly queueStatus: 'enabled' | 'paused' | 'disabled';
  readonly defaultPool?: PoolId;
  /** Grows by one with each update. */
  readonly revision: number;
  readonly createdAt: Instant;
  readonly updatedAt: Instant;
  /** What clients sent and the store gives back untouched. */
  readonly extra: JsonObject;
}

/** What a caller gives of a definition. */
export type DefinitionInput = Omit<DefinitionRow, 'id' | 'project' | 'revision' | 'createdAt' | 'updatedAt'>;

/** A definition as it was, and who made it so; empty when nobody said. */
export interface DefinitionRevision {
  readonly row: DefinitionRow;
  readonly by: string;
}

/** Definitions; names are unique in their folder, letter case aside. */
export interface Definitions {
  create(project: ProjectId, input: DefinitionInput, by?: string): Promise<DefinitionRow>;
  get(project: ProjectId, id: DefinitionId): Promise<DefinitionRow | undefined>;
  /** By folder and name. `name` may hold `*` for any text. */
  list(
    project: ProjectId,
    filter?: { readonly name?: string; readonly path?: string; readonly ids?: readonly DefinitionId[] },
  ): Promise<readonly DefinitionRow[]>;
  /** Replaces it; refused with `stale-revision` when `revision` is not the current one. */
  update(
    project: ProjectId,
    id: DefinitionId,
    change: { readonly revision: number; readonly input: DefinitionInput; readonly by?: string },
  ): Promise<DefinitionRow>;
  /** Takes it away with its tags, revisions and properties, which `restore` brings back; false when there was none. */
  remove(project: ProjectId, id: DefinitionId): Promise<boolean>;
  /**
   * Brings back what `remove` took, under the same number; undefined when it is not kept. Refused with `name-taken`
   * when another has its name by now.
   */
  restore(project: ProjectId, id: DefinitionId): Promise<DefinitionRow | undefined>;
  /** Forgets for good what was removed, of a project or before a time; answers how many. */
  forgetRemoved(which: { readonly project: ProjectId } | { readonly before: Instant }): Promise<number>;
  /** Every revision of it since they are kept, oldest first. */
  revisions(project: ProjectId, id: DefinitionId): Promise<readonly DefinitionRevision[]>;
  tags(id: DefinitionId): Promise<readonly string[]>;
  /** Adds tags (letter case aside) and answers all of them. */
  addTags(id: DefinitionId, tags: readonly string[]): Promise<readonly string[]>;
  removeTag(id: DefinitionId, tag: string): Promise<readonly string[]>;
}

/** An agent pool of the organisation. */
export interface PoolRow {
  readonly id: PoolId;
  readonly name: string;
  readonly createdAt: Instant;
}

/** A project's view of a pool (a queue, in the words of the service). */
export interface QueueRow {
  readonly id: number;
  readonly project: ProjectId;
  readonly pool: PoolId;
  /** The pool's name. */
  readonly name: string;
}

/** Pools and the queues that lead to them; names are unique, letter case aside. */
export interface Pools {
  /** The pool of this name, made if there is none; safe when several do it at once. */
  upsert(name: string): Promise<PoolRow>;
  get(id: PoolId): Promise<PoolRow | undefined>;
  find(name: string): Promise<PoolRow | undefined>;
  list(): Promise<readonly PoolRow[]>;
  /** Refused with `name-taken` when there is one of this name. */
  rename(id: PoolId, name: string): Promise<PoolRow>;
  /** With its queues and what it knows of jobs that are over; end its tokens first. False: there was none. */
  remove(id: PoolId): Promise<boolean>;
  /** The project's queue for a pool, made if there is none. */
  upsertQueue(project: ProjectId, pool: PoolId): Promise<QueueRow>;
  queues(project: ProjectId): Promise<readonly QueueRow[]>;
  /** False when the project has no such queue. */
  removeQueue(project: ProjectId, id: number): Promise<boolean>;
}

/** An environment of a project. */
export interface EnvironmentRow {
  readonly id: EnvironmentId;
  readonly project: ProjectId;
  readonly name: string;
  readonly description: string;
  readonly createdBy: string;
  readonly createdAt: Instant;
  readonly updatedAt: Instant;
}

/** A line of an environment's deployment history (DEP-11). */
export interface DeploymentRecord {
  readonly id: number;
  readonly environment: EnvironmentId;
  readonly run: RunId;
  readonly stage: string;
  readonly stageAttempt: number;
  readonly job: string;
  /** The machine, by its number; absent: the whole environment. */
  readonly resource?: number;
  readonly queueTime: Instant;
  readonly startTime?: Instant;
  readonly finishTime: Instant;
  readonly result: string;
}

/** Environments; names are unique in their project, letter case aside. */
export interface Environments {
  /** The environment of this name, made if there is none; safe when several runs do it at once (GAP-47). */
  upsert(
    project: ProjectId,
    input: { readonly name: string; readonly description?: string; readonly createdBy: string },
  ): Promise<EnvironmentRow>;
  /** Refused with `name-taken` when there is one. */
  create(
    project: ProjectId,
    input: { readonly name: string; readonly description?: string; readonly createdBy: string },
  ): Promise<EnvironmentRow>;
  get(project: ProjectId, id: EnvironmentId): Promise<EnvironmentRow | undefined>;
  find(project: ProjectId, name: string): Promise<EnvironmentRow | undefined>;
  /** By name; `name` keeps those whose name begins with it, letter case aside. */
  list(project: ProjectId, filter?: PageOptions & { readonly name?: string }): Promise<Page<EnvironmentRow>>;
  update(
    project: ProjectId,
    id: EnvironmentId,
    patch: Partial<Pick<EnvironmentRow, 'name' | 'description'>>,
  ): Promise<EnvironmentRow>;
  /** With its history; false when there was none. */
  remove(project: ProjectId, id: EnvironmentId): Promise<boolean>;
  /** Adds a line to the history; the same key again adds nothing. */
  recordDeployment(key: string, record: Omit<DeploymentRecord, 'id'>): Promise<void>;
  /** Newest first. */
  deployments(environment: EnvironmentId, options?: PageOptions): Promise<Page<DeploymentRecord>>;
}

/** A personal access token or agent token; the secret itself is never stored, only its SHA-256. */
export interface TokenRow {
  readonly id: number;
  /** Lower-case hex of the SHA-256 of the secret. */
  readonly hash: string;
  readonly name: string;
  /** What it may do; the words are the server's. */
  readonly scope: string;
  readonly project?: ProjectId;
  readonly pool?: PoolId;
  /** Whose it is; agents, jobs and services that were asked are no users. */
  readonly user?: number;
  readonly createdAt: Instant;
  readonly expiresAt?: Instant;
  readonly lastUsedAt?: Instant;
  readonly revokedAt?: Instant;
}

/** Tokens. */
export interface Tokens {
  /** The token with this hash, made if there is none: starting twice with the same secret makes one row. */
  create(
    token: Pick<TokenRow, 'hash' | 'name' | 'scope' | 'project' | 'pool' | 'user' | 'expiresAt'>,
  ): Promise<TokenRow>;
  /** Whatever its state: expired and revoked ones too, so that the caller can say which. */
  find(hash: string): Promise<TokenRow | undefined>;
  get(id: number): Promise<TokenRow | undefined>;
  list(): Promise<readonly TokenRow[]>;
  /** Those of a user, whatever their state. */
  ofUser(user: number): Promise<readonly TokenRow[]>;
  /** Gives a token that belongs to nobody to a user. */
  assign(id: number, user: number): Promise<void>;
  /** Notes the use, at most once a minute per token. */
  touch(id: number): Promise<void>;
  revoke(id: number): Promise<void>;
}

/** A browser's session. */
export interface SessionRow {
  readonly hash: string;
  /** The token whose rights it has. */
  readonly token: number;
  readonly createdAt: Instant;
  readonly expiresAt: Instant;
}

/** Sessions of browsers and the single-use codes that start them; only hashes are stored. */
export interface Sessions {
  create(session: { readonly hash: string; readonly token: number; readonly lasts: Millis }): Promise<void>;
  /** Undefined when there is none or it has expired. */
  find(hash: string): Promise<SessionRow | undefined>;
  remove(hash: string): Promise<void>;
  /** A code that signs in as the token, once. */
  createCode(code: { readonly hash: string; readonly token: number; readonly lasts: Millis }): Promise<void>;
  /** The token of an unused, unexpired code, which is used up by this; undefined otherwise. */
  redeemCode(hash: string): Promise<number | undefined>;
}

/** Small facts about the installation. */
export interface Settings {
  get(key: string): Promise<string | undefined>;
  set(key: string, value: string): Promise<void>;
  /** Sets it unless it is set; answers what it is now. */
  setOnce(key: string, value: string): Promise<string>;
  /** Those whose key begins with a text, by key. */
  list(prefix: string): Promise<readonly { readonly key: string; readonly value: string }[]>;
  /** False when there was none. */
  remove(key: string): Promise<boolean>;
}
