import type { App } from '../../../app.ts';
import { cacheScopes } from '../../../artifacts/cache-scopes.ts';
import type { LeasedJob } from './leased-job.ts';

/** Whether a job may read what one owner of a kind has; `id` is what stands behind the colon. */
type Reader = (app: App, job: LeasedJob, id: string) => Promise<boolean>;

/** By the kind of the owner; an owner whose kind is not here is read by nobody (INV-73). */
const READERS: ReadonlyMap<string, Reader> = new Map<string, Reader>([
  [
    'artifact',
    async ({ store }, { run }, id) => (await store.artifacts.get(Number(id)))?.project === run.project,
  ],
  [
    'container',
    async ({ store }, { run }, id) => (await store.runs.get(Number(id)))?.project === run.project,
  ],
  [
    'cache',
    async (app, { run }, id) => {
      const cache = await app.store.caches.get(Number(id));
      if (cache === undefined || cache.definition !== run.definition.id) return false;
      return (await cacheScopes(app.store, run)).includes(cache.scope);
    },
  ],
]);

/** Whether a job may read the contents of an owner, for example `artifact:12`: those of its own project. */
export async function mayRead(app: App, job: LeasedJob, owner: string): Promise<boolean> {
  const [, kind = '', id = ''] = /^([a-z]+):([\w.-]{1,100})$/.exec(owner) ?? [];
  const reader = READERS.get(kind);
  return reader !== undefined && (await reader(app, job, id));
}
