export {
  createAgentToken,
  createSignInCode,
  ensureAdministrator,
  WeakTokenError,
  type Administrator,
} from './auth/administrator.ts';
export { isIssuer, type GroupPair, type NewcomerRole, type OidcSettings } from './auth/oidc/settings.ts';
export { newSecret } from './auth/secret.ts';
export { createEngine } from './engine.ts';
export { leasePolicy } from './lease-policy.ts';
export { RepositoryError } from './git/git-program.ts';
export {
  createRepositories,
  type Repositories,
  type Source,
  type SourceRequest,
} from './git/repositories.ts';
export { ratesOf } from './http/rates/default-rates.ts';
export { runView } from './http/signalbox/run-view.ts';
export { readAllowed, type AllowedTarget } from './outbound/address-rules.ts';
export { KeyError } from './secrets/key-ring.ts';
export { type KeySource } from './secrets/key-source.ts';
export { SERVER_REFUSALS, type ProblemCode, type ServerRefusalCode } from './refusals.ts';
export { ListenError, startServer, type RunningServer, type ServerOptions } from './start-server.ts';
export { readTaskZip, type ReadTaskZip } from './tasks/read-task-zip.ts';
export { resolveTasks, type ResolvedTasks } from './tasks/resolve-tasks.ts';
export { DEFAULT_POOL, queueRun, type QueueRequest, type QueueResult } from './work/queue-run.ts';
export type { WorkObserver } from './work/observer.ts';
export { createWorker, type Worker, type WorkerOptions } from './work/worker.ts';
