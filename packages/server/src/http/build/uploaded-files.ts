import { fold, type RunId } from '@signalbox/model';
import type { App } from '../../app.ts';
import type { ZippedFile } from './send-zip.ts';

/** The types of attachment that go with the logs: `task.uploadfile` and `build.uploadlog` (LOG-21, LOG-32). */
const WITH_LOGS: ReadonlySet<string> = new Set(
  ['DistributedTask.Core.FileAttachment', 'DistributedTask.Core.Log'].map(fold),
);

/** The files that the steps of a run uploaded beside their logs. Numbered, because two steps may choose one name. */
export async function uploadedFiles(
  { store, blobs }: Pick<App, 'store' | 'blobs'>,
  run: RunId,
): Promise<readonly ZippedFile[]> {
  const all = await store.results.attachments(run);
  return all
    .filter(({ type }) => WITH_LOGS.has(fold(type)))
    .map(({ name, sha256 }, index) => ({
      name: `files/${index + 1}_${name.replace(/[\p{Cc}"<>|:*?\\/]/gu, '_')}`,
      content: () => contentOf(blobs, sha256),
    }));
}

async function* contentOf(blobs: App['blobs'], sha256: string): AsyncGenerator<Uint8Array> {
  const content = await blobs.open(sha256);
  if (content === undefined) throw new Error('The content of an uploaded file is gone.');
  for await (const chunk of content) yield chunk as Uint8Array;
}
