import { randomUUID } from 'node:crypto';
import { mkdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { builtInTask } from '@signalbox/model';
import { fetchFiles } from '../artifacts/fetch-files.ts';
import { workingFolder } from '../artifacts/publish-pipeline-artifact.ts';
import { sendFiles } from '../artifacts/send-files.ts';
import { failed, SUCCEEDED, type StepEnd, type StepHandler, type StepTry } from '../steps/step-handler.ts';
import { cachedFolders, packCache, unpackCache, type CachedFolders } from './archive.ts';
import { resolveKey } from './resolve-key.ts';

const definition = builtInTask({ name: 'Cache', version: '2' });

/** The only file of a cache. */
const ARCHIVE = 'cache.tar';

/** What the step leaves for its part after the job. */
const KEY = 'signalbox.cache.key';
const HIT = 'signalbox.cache.hit';

/** How well a cache fits, as `cacheHitVar` gets it. */
type Hit = 'true' | 'inexact' | 'false';

/**
 * Cache@2: restores folders by a key, and keeps them under it once the job has succeeded. A cache never changes: what
 * was restored by the whole key is not kept again.
 */
export const cache: StepHandler = {
  title: 'Cache',
  ...(definition !== undefined && { definition }),
  onAgent: true,
  run: restore,
  parts: () => ({ postJob: { condition: 'succeeded()', run: save } }),
};

async function restore(step: StepTry): Promise<StepEnd> {
  const { inputs, output, files, stop } = step;
  const folder = workingFolder(step);
  const folders = cachedFolders(step, folder);
  if (typeof folders === 'string') return failed(folders);
  const wanted = await resolveKey(inputs.text('key'), folder, stop);
  if ('problem' in wanted) return failed(wanted.problem);
  const restoreKeys: string[] = [];
  for (const line of inputs
    .text('restoreKeys')
    .split(/\r?\n/)
    .filter((one) => one.trim() !== '')) {
    const beginning = await resolveKey(line.replace(/\|?\s*\*\*\s*$/, ''), folder, stop);
    if ('problem' in beginning) return failed(beginning.problem);
    restoreKeys.push(beginning.key);
  }
  output.info(`Resolved to: ${wanted.key}`);
  const { cache: found } = await files.ask('jobCacheFind', { key: wanted.key, restoreKeys }, stop);
  if (found === undefined) {
    output.info('There is a cache miss.');
    return remember(step, wanted.key, 'false');
  }
  output.info(`There is a cache hit: ${found.key}, ${found.bytes} bytes`);
  const end = await inTemporaryFolder(step, async (place) => {
    const { owner, manifest } = found;
    const from = { owner, manifests: [manifest], into: place, wants: (path: string) => path === ARCHIVE };
    await fetchFiles(files, from, stop);
    return unpackCache(step, join(place, ARCHIVE), folders);
  });
  return end.kind === 'failed'
    ? end
    : remember(step, wanted.key, found.key === wanted.key ? 'true' : 'inexact');
}

function remember({ inputs, output }: StepTry, key: string, hit: Hit): StepEnd {
  const own = { secret: false, readonly: false };
  output.taskVariables.set({ name: KEY, value: key, ...own });
  output.taskVariables.set({ name: HIT, value: hit, ...own });
  const name = inputs.text('cacheHitVar');
  if (name !== '') output.variables.set({ name, value: hit, ...own });
  return SUCCEEDED;
}

async function save(step: StepTry): Promise<StepEnd> {
  const { output } = step;
  const left = (name: string): string | undefined =>
    output.taskVariables.entries().find((one) => one.name === name)?.value;
  const key = left(KEY);
  if (key === undefined) {
    output.info('Nothing is kept: the step did not come to its end.');
    return SUCCEEDED;
  }
  if (left(HIT) === 'true') {
    output.info('Cache hit, not saving cache.');
    return SUCCEEDED;
  }
  const folders = cachedFolders(step, workingFolder(step));
  return typeof folders === 'string' ? failed(folders) : keep(step, key, folders);
}

async function keep(step: StepTry, key: string, folders: CachedFolders): Promise<StepEnd> {
  const { output, files, stop } = step;
  return inTemporaryFolder(step, async (place) => {
    const archive = join(place, ARCHIVE);
    const packed = await packCache(step, archive, folders);
    if (packed.kind === 'failed') {
      // The job has done its work: that the next one will be slower is no failure.
      output.issue('warning', `The cache is not kept: ${packed.message}`);
      return SUCCEEDED;
    }
    const local = { files: [{ path: ARCHIVE, from: archive }], folders: [] };
    const { manifest, bytes } = await sendFiles(files, local, stop);
    const { saved } = await files.ask('jobCacheSave', { key, manifest }, stop);
    output.info(
      saved ? `Kept ${bytes} bytes as ${key}.` : `There is a cache of the key ${key} by now; it stays.`,
    );
    return SUCCEEDED;
  });
}

async function inTemporaryFolder(
  { layout }: StepTry,
  work: (folder: string) => Promise<StepEnd>,
): Promise<StepEnd> {
  const folder = join(layout.temp, randomUUID());
  try {
    await mkdir(folder, { recursive: true });
    return await work(folder);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
