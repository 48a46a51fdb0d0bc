import type { LockPolicy, LockPresetName } from '@signalbox/model';
import type { Role } from '../routes/route.ts';
import type { ExpectedView, LockRequestView, WireTime } from '../views.ts';

/** `GET signalbox/me`. */
export interface MeView {
  readonly name: string;
  readonly role: Exclude<Role, 'anonymous'>;
  readonly organization: string;
  readonly version: string;
  /** True when a browser session speaks. */
  readonly session: boolean;
  /** What the role may do, so that a page shows only what works. */
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
  readonly name: string;
  readonly role: string;
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
 * What to make. A token of agents is for a pool, made if there is none, or for the machines of an environment of a
 * project (DEP-12).
 */
export interface NewToken {
  readonly name: string;
  readonly role: 'administrator' | 'contributor' | 'reader' | 'agent';
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
