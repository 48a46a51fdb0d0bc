import { ROUTES } from '../routes/table.ts';
import type { LockRequestView, LockView } from '../views.ts';
import type { Paged } from '../wire/common.ts';
import type { WireDeploymentRecord, WireEnvironment, WireMachine } from '../wire/pipelines.ts';
import type { LockPatch, NewLock, ResourceLocks, TokenState } from '../wire/signalbox.ts';
import type { Transport } from './transport.ts';

/** Environments, and the locks behind them. */
export interface LocksClient {
  listLocks(project: string): Promise<Paged<LockView>>;
  getLock(project: string, id: number): Promise<LockView>;
  /** At most 100 of those who wait, in the order used (LAW-13), after the first `skip`. */
  listWaiters(
    project: string,
    lock: number,
    part?: { readonly skip?: number; readonly top?: number },
  ): Promise<Paged<LockRequestView>>;
  /** Those who held the lock or left its line, latest first; `after` is `next` of the page before. */
  listLockHistory(
    project: string,
    lock: number,
    page?: { readonly top?: number; readonly after?: string },
  ): Promise<Paged<LockRequestView>>;
  /** Makes a lock with its policy in one step; 409 when the resource has one. */
  createLock(project: string, lock: NewLock): Promise<LockView>;
  updateLock(project: string, id: number, patch: LockPatch): Promise<LockView>;
  /** Deletes a named lock that nobody holds. */
  deleteLock(project: string, id: number): Promise<void>;
  /** Whether a fencing token is still the one of a holder. */
  checkToken(project: string, lock: number, token: number): Promise<TokenState>;
  listResourceLocks(
    project: string,
    filter?: { readonly resourceType?: string; readonly resourceId?: string; readonly status?: string },
  ): Promise<ResourceLocks>;
  listEnvironments(project: string, filter?: { readonly name?: string }): Promise<Paged<WireEnvironment>>;
  getEnvironment(project: string, id: number): Promise<WireEnvironment>;
  createEnvironment(
    project: string,
    environment: { readonly name: string; readonly description?: string },
  ): Promise<WireEnvironment>;
  deleteEnvironment(project: string, id: number): Promise<void>;
  /** With their agents. */
  listMachines(project: string, environment: number): Promise<Paged<WireMachine>>;
  setMachineTags(
    project: string,
    environment: number,
    machine: { readonly id: number; readonly tags: readonly string[] },
  ): Promise<WireMachine>;
  removeMachine(project: string, environment: number, machine: number): Promise<void>;
  /** Newest first; `after` is `next` of the page before. */
  listDeployments(
    project: string,
    environment: number,
    page?: { readonly top?: number; readonly after?: string },
  ): Promise<Paged<WireDeploymentRecord>>;
}

/** The calls of `LocksClient`. */
export function locksClient(transport: Transport): LocksClient {
  return {
    listLocks: (project) => transport.page(ROUTES.lockViews, { path: { project } }),
    getLock: (project, lockId) => transport.json(ROUTES.lockView, { path: { project, lockId } }),
    listWaiters: (project, lockId, { skip, top } = {}) =>
      transport.page(ROUTES.lockWaiters, { path: { project, lockId }, query: { skip, $top: top } }),
    listLockHistory: (project, lockId, { top, after } = {}) =>
      transport.page(ROUTES.lockHistory, {
        path: { project, lockId },
        query: { $top: top, continuationToken: after },
      }),
    createLock: (project, body) => transport.json(ROUTES.createLock, { path: { project }, body }),
    updateLock: (project, lockId, body) =>
      transport.json(ROUTES.updateLock, { path: { project, lockId }, body }),
    deleteLock: (project, lockId) => transport.json(ROUTES.deleteLock, { path: { project, lockId } }),
    checkToken: (project, lockId, token) =>
      transport.json(ROUTES.checkToken, { path: { project, lockId, token } }),
    listResourceLocks: (project, filter = {}) =>
      transport.json(ROUTES.listResourceLocks, { path: { project }, query: { ...filter } }),
    listEnvironments: (project, filter = {}) =>
      transport.page(ROUTES.listEnvironments, { path: { project }, query: { ...filter } }),
    getEnvironment: (project, environmentId) =>
      transport.json(ROUTES.getEnvironment, { path: { project, environmentId } }),
    createEnvironment: (project, body) =>
      transport.json(ROUTES.createEnvironment, { path: { project }, body }),
    deleteEnvironment: (project, environmentId) =>
      transport.json(ROUTES.deleteEnvironment, { path: { project, environmentId } }),
    listMachines: (project, environmentId) =>
      transport.page(ROUTES.listMachines, { path: { project, environmentId } }),
    setMachineTags: (project, environmentId, body) =>
      transport.json(ROUTES.updateMachine, { path: { project, environmentId }, body }),
    removeMachine: (project, environmentId, resourceId) =>
      transport.json(ROUTES.deleteMachine, { path: { project, environmentId, resourceId } }),
    listDeployments: (project, environmentId, { top, after } = {}) =>
      transport.page(ROUTES.listDeploymentRecords, {
        path: { project, environmentId },
        query: { $top: top, continuationToken: after },
      }),
  };
}
