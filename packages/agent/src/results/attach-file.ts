import { ATTACHMENT_BYTES } from '@signalbox/api';
import { createHash } from 'node:crypto';
import { readFile, stat } from 'node:fs/promises';
import { FilesError, type JobFiles } from '../artifacts/job-files.ts';

/** The types of attachment that the service itself knows. */
export const ATTACHMENT_TYPES = {
  summary: 'Distributedtask.Core.Summary',
  file: 'DistributedTask.Core.FileAttachment',
  log: 'DistributedTask.Core.Log',
} as const;

/** A file to be attached to the record of a step. */
export interface FileToAttach {
  readonly step: string;
  readonly type: string;
  readonly name: string;
  readonly path: string;
}

/** Sends a file, and attaches it (LOG-19). What is too large for that belongs into an artifact. */
export async function attachFile(
  files: JobFiles,
  { step, type, name, path }: FileToAttach,
  signal: AbortSignal,
): Promise<void> {
  const status = await stat(path).catch(() => undefined);
  if (status?.isFile() !== true) throw new FilesError(`There is no file "${path}".`);
  if (status.size > ATTACHMENT_BYTES) {
    throw new FilesError(
      `The file "${path}" has more than ${ATTACHMENT_BYTES} bytes; publish it as an artifact.`,
    );
  }
  const content = await readFile(path);
  const sha256 = createHash('sha256').update(content).digest('hex');
  await files.put(sha256, new Uint8Array(content), signal);
  await files.ask('jobAttach', { step, type, name, sha256, size: content.length }, signal);
}
