import type { FindCacheResponse, SaveCacheResponse } from '@signalbox/api';
import { cacheScopes } from '../../../artifacts/cache-scopes.ts';
import { readSentFiles } from '../../../artifacts/read-files.ts';
import { CACHE_KEY_LENGTH, CACHE_RESTORE_KEYS } from '../../../limits.ts';
import type { Ask, Handlers } from '../../ask.ts';
import { badRequest, Problem } from '../../problem.ts';
import { required, requiredNumber } from '../agent-caller.ts';
import { leasedJob } from './leased-job.ts';

/** Caches as jobs find and save them. */
export const cacheHandlers: Handlers<'jobCacheFind' | 'jobCacheSave'> = {
  jobCacheFind: async (ask) => find(ask),
  jobCacheSave: async (ask) => save(ask),
};

async function find(ask: Ask): Promise<FindCacheResponse> {
  const body = ask.body();
  const { run } = await leasedJob(ask, requiredNumber(body, 'lease'));
  const restoreKeys = body.list('restoreKeys').map((key) => {
    if (typeof key === 'string' && key !== '' && key.length <= CACHE_KEY_LENGTH) return key;
    throw badRequest(`A restore key is a text of at most ${CACHE_KEY_LENGTH} characters.`);
  });
  if (restoreKeys.length > CACHE_RESTORE_KEYS)
    throw badRequest(`More than ${CACHE_RESTORE_KEYS} restore keys.`);
  const { store, blobs } = ask.app;
  const key = required(body, 'key', CACHE_KEY_LENGTH);
  const scopes = await cacheScopes(store, run);
  const found = await store.caches.find({ definition: run.definition.id, scopes, key, restoreKeys });
  if (found === undefined || (await blobs.want(found.manifest)) === undefined) return {};
  const { id, manifest, bytes } = found;
  return { cache: { key: found.key, owner: `cache:${id}`, manifest, bytes } };
}

async function save(ask: Ask): Promise<SaveCacheResponse> {
  const body = ask.body();
  const { run } = await leasedJob(ask, requiredNumber(body, 'lease'));
  const { store, blobs } = ask.app;
  const key = required(body, 'key', CACHE_KEY_LENGTH);
  const sent = await readSentFiles({ blobs, rows: store.blobs }, run.project, required(body, 'manifest'));
  if (!sent.ok) throw new Problem(400, 'InvalidFileListException', sent.problem, { code: sent.code });
  const [scope = run.branch] = await cacheScopes(store, run);
  const { files, bytes, contents } = sent;
  const [manifest = ''] = contents;
  const saved = await store.caches.create(
    { project: run.project, definition: run.definition.id, scope, key, manifest, files, bytes },
    contents,
  );
  return { saved };
}
