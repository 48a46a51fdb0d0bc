import { nodeHandler, readTaskManifest, TASK_JSON_CHARS, type TaskManifest } from '@signalbox/model';
import { text } from 'node:stream/consumers';
import { fromBufferPromise, type Entry } from 'yauzl';
import { TASK_PACKAGE } from '../limits.ts';

/** A zip that is a task package, or what is wrong with it, one sentence each. */
export type ReadTaskZip =
  | { readonly ok: true; readonly manifest: TaskManifest }
  | { readonly ok: false; readonly problems: readonly string[] };

/**
 * Reads a task package without unpacking it: a zip with task.json at its root, whose files stay inside it, within bounds.
 * Agents unpack with the same rules; here they are told to whoever installs.
 */
export async function readTaskZip(zip: Buffer): Promise<ReadTaskZip> {
  try {
    const { names, json } = await entriesOf(zip);
    if (json === undefined) return { ok: false, problems: ['The zip has no task.json at its root.'] };
    const read = readTaskManifest(json);
    if (!read.ok) return read;
    const problems = missingTargets(read.manifest, names);
    return problems.length > 0 ? { ok: false, problems } : read;
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    return { ok: false, problems: [`The package cannot be read: ${reason}`] };
  }
}

async function entriesOf(zip: Buffer): Promise<{ names: ReadonlySet<string>; json: string | undefined }> {
  const file = await fromBufferPromise(zip, { autoClose: false });
  const names = new Set<string>();
  let json: string | undefined;
  let bytes = 0;
  // Absolute names, and names that lead out of the package, are errors of the reader's own.
  for await (const entry of file.eachEntry()) {
    bytes += entry.uncompressedSize;
    refuse(entry, { files: names.size + 1, bytes });
    if (names.has(entry.fileName)) throw new Error(`it holds ${entry.fileName} twice`);
    names.add(entry.fileName);
    if (entry.fileName !== 'task.json') continue;
    if (entry.uncompressedSize > 4 * TASK_JSON_CHARS) throw new Error('its task.json is too large');
    json = await text(await file.openReadStreamPromise(entry));
  }
  return { names, json };
}

const TYPE_MASK = 0o170000;
const LINK = 0o120000;

function refuse(entry: Entry, { files, bytes }: { readonly files: number; readonly bytes: number }): void {
  const { fileName } = entry;
  if (files > TASK_PACKAGE.files) throw new Error(`it holds more than ${TASK_PACKAGE.files} files`);
  if (bytes > TASK_PACKAGE.unpackedBytes) {
    throw new Error(`it unpacks to more than ${TASK_PACKAGE.unpackedBytes} bytes`);
  }
  if (((entry.externalFileAttributes >>> 16) & TYPE_MASK) === LINK)
    throw new Error(`it holds a link: ${fileName}`);
  if (entry.isEncrypted()) throw new Error(`${fileName} is encrypted`);
}

function missingTargets(manifest: TaskManifest, names: ReadonlySet<string>): readonly string[] {
  return (['preJob', 'main', 'postJob'] as const).flatMap((part) => {
    const target = nodeHandler(manifest, part)?.target.replaceAll('\\', '/').replace(/^\.\//, '');
    return target === undefined || names.has(target)
      ? []
      : [`The package has no file "${target}", which its task.json names.`];
  });
}
