import { ROUTES } from '../routes/table.ts';
import type { CheckOperationInput, WireCheckSuite } from '../wire/check-suites.ts';
import { EXCLUSIVE_LOCK_CHECK, type CheckPatch, type NewCheck, type WireCheck } from '../wire/checks.ts';
import type { Paged } from '../wire/common.ts';
import type { Transport } from './transport.ts';

/** The checks of protected resources. */
export interface ChecksClient {
  /** Those of an environment, with their settings. */
  listChecks(project: string, environment: number): Promise<Paged<WireCheck>>;
  /** Every check of the project with its settings. */
  listAllChecks(project: string): Promise<Paged<WireCheck>>;
  /** Puts a check on a resource. */
  addCheck(project: string, check: NewCheck): Promise<WireCheck>;
  /** Puts the exclusive lock on an environment; `timeout` in minutes limits the waiting only. */
  addExclusiveLock(
    project: string,
    environment: number,
    options?: { readonly timeout?: number },
  ): Promise<WireCheck>;
  /** What is absent stays; with `version`, only if nobody has changed it since (409). */
  updateCheck(project: string, id: number, patch: CheckPatch): Promise<WireCheck>;
  deleteCheck(project: string, id: number): Promise<void>;
  /** The suites of a run, in the order of its stages. */
  listCheckSuites(project: string, run: number): Promise<Paged<WireCheckSuite>>;
  /** Bypasses a check, runs it again, or defers it; answers its suite. */
  operateCheck(project: string, suite: string, operation: CheckOperationInput): Promise<WireCheckSuite>;
}

/** The calls of `ChecksClient`. */
export function checksClient(transport: Transport): ChecksClient {
  const add = (project: string, body: NewCheck): Promise<WireCheck> =>
    transport.json(ROUTES.createCheck, { path: { project }, query: { $expand: 'settings' }, body });
  return {
    listChecks: (project, environment) =>
      transport.page(ROUTES.listChecks, {
        path: { project },
        query: { resourceType: 'environment', resourceId: String(environment), $expand: 'settings' },
      }),
    listAllChecks: (project) =>
      transport.page(ROUTES.listChecks, { path: { project }, query: { $expand: 'settings' } }),
    addCheck: add,
    addExclusiveLock: (project, environment, options = {}) =>
      add(project, {
        type: { id: EXCLUSIVE_LOCK_CHECK },
        resource: { type: 'environment', id: String(environment) },
        settings: {},
        ...options,
      }),
    updateCheck: (project, checkId, body) =>
      transport.json(ROUTES.updateCheck, { path: { project, checkId }, body }),
    deleteCheck: (project, checkId) => transport.json(ROUTES.deleteCheck, { path: { project, checkId } }),
    listCheckSuites: (project, runId) =>
      transport.page(ROUTES.listCheckSuites, { path: { project }, query: { runId } }),
    operateCheck: (project, suiteId, body) =>
      transport.json(ROUTES.operateCheck, { path: { project, suiteId }, body }),
  };
}
