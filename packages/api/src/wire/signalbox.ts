import type { LockPolicy, LockPresetName } from '@signalbox/model';
import type { HumanRole, Role } from '../routes/route.ts';
import type { ExpectedView, LockRequestView, WireTime } from '../views.ts';

/** `GET signalbox/me`; below a project, what counts in it. */
export interface MeView {
  readonly name: string;
  /** How the name is shown; absent for programs, which are no users. */
  readonly displayName?: string;
  /** The strongest role; `member` without one. */
  readonly role: Exclude<Role, 'anonymous'>;
  /** The groups that the user is in, by way of others, too. */
  readonly groups?: readonly string[];
  /** The projects in which the user has a role of his own. */
  readonly projects?: readonly { readonly name: string; readonly role: HumanRole }[];
  readonly organization: string;
  readonly version: string;
  /** True when a browser session speaks. */
  readonly session: boolean;
  /** What the roles and the token allow, so that a page shows only what works. */
  readonly permissions: readonly string[];
}

/** A repository that pipelines of a project may name. */
export interface RepositoryView {
  /** As `resources.repositories` writes it. */
  readonly name: string;
  /** Without a password. */
  readonly url: string;
}

/** A token without its secret. */
export interface TokenView {
  readonly id: number;
  /** What its maker called it; of a token that was made for a role, the name of its user. */
  readonly name: string;
  /** The role that it was made for; `personal` when scopes limit it. */
  readonly role: string;
  /** The name of the user whose it is; absent for programs. */
  readonly user?: string;
  /** What a personal token is limited to. */
  readonly scopes?: readonly string[];
  /** The one project that it is for. */
  readonly project?: string;
  readonly pool?: string;
  readonly createdOn: WireTime;
  readonly expiresOn?: WireTime;
  readonly lastUsedOn?: WireTime;
  readonly revokedOn?: WireTime;
}

/** The one answer that holds a token's secret. */
export interface NewTokenView extends TokenView {
  readonly secret: string;
}

/**
 * What to make. Without a `role` it is a personal one: with `scopes`, for oneself or, as an administrator, for another
 * `user`, and for at most a year. With a role, an administrator makes it for the user of the `name`, who is made and
 * given the role if need be. A token of agents is for a pool, made if there is none, or for the machines of an
 * environment of a project (DEP-12).
 */
export interface NewToken {
  readonly name: string;
  readonly role?: HumanRole | 'agent';
  readonly scopes?: readonly string[];
  readonly user?: string;
  readonly project?: string;
  readonly pool?: string;
  readonly environment?: { readonly project: string; readonly name: string };
  readonly expiresInDays?: number;
}

/** A change of a lock: what is absent stays as it is. */
export interface LockPatch extends Partial<LockPolicy> {
  /** Settings under one name; those beside it win. Only what they are is kept, not the name. */
  readonly preset?: LockPresetName;
  readonly enabled?: boolean;
}

/** What a new lock guards. An environment is made if there is none. */
export type NewLockResource =
  | { readonly type: 'environment' | 'named'; readonly name: string }
  | { readonly type: 'persistedStage'; readonly definitionId: number; readonly stage: string };

/** A lock to make: what is absent has its default. */
export interface NewLock extends LockPatch {
  readonly resource: NewLockResource;
}

/** `GET locks/{id}/tokens/{n}`: a target asks before it obeys (LAW-10). */
export interface TokenState {
  readonly lockId: number;
  readonly token: number;
  readonly lastToken: number;
  /** True while a holder has it. Only then may its job act. */
  readonly current: boolean;
  readonly runId?: number;
  readonly stage?: string;
  /** Of a lease, instead of a run and its stage. */
  readonly caller?: string;
  readonly requestId?: string;
}

/** `GET pipelines/resourcelocks`: requests that hold or wait, and beside them those that may still come. */
export interface ResourceLocks {
  readonly count: number;
  readonly value: readonly LockRequestView[];
  readonly expected: readonly ExpectedView[];
}
