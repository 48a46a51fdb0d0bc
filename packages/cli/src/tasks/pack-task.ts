import { readTaskManifest, type TaskManifest } from '@signalbox/model';
import { readTaskZip } from '@signalbox/server';
import { readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { buffer } from 'node:stream/consumers';
import { glob } from 'tinyglobby';
import { ZipFile } from 'yazl';
import { CliError, EXIT } from '../exit-codes.ts';

/** A task package on its way to a server. */
export interface PackedTask {
  readonly manifest: TaskManifest;
  readonly zip: Uint8Array<ArrayBuffer>;
}

/** The earliest time that a zip knows: the same folder gives the same bytes, and is the same package. */
const EPOCH = new Date(1980, 0, 1);

/** Packs a task: a folder with task.json, or a zip of one as it is. What is wrong with it is told before it is sent. */
export async function packTask(path: string): Promise<PackedTask> {
  const found = await stat(path).catch(() => undefined);
  if (found === undefined) throw new CliError(EXIT.usage, `There is no folder or zip ${path}.`);
  const zip = found.isDirectory() ? await zipOf(path) : await readFile(path);
  const read = await readTaskZip(zip);
  if (!read.ok) throw new CliError(EXIT.failed, `${path} is no task package. ${read.problems.join(' ')}`);
  return { manifest: read.manifest, zip: new Uint8Array(zip) };
}

async function zipOf(folder: string): Promise<Buffer> {
  const json = await readFile(join(folder, 'task.json'), 'utf8').catch(() => undefined);
  if (json === undefined) throw new CliError(EXIT.usage, `The folder ${folder} has no task.json.`);
  const read = readTaskManifest(json);
  if (!read.ok) throw new CliError(EXIT.failed, `${folder} is no task package. ${read.problems.join(' ')}`);
  const names = await glob('**', { cwd: folder, dot: true, ignore: ['.git/**'], followSymbolicLinks: false });
  const zip = new ZipFile();
  for (const name of names.toSorted()) {
    const { mode } = await stat(join(folder, name));
    zip.addFile(join(folder, name), name, { mtime: EPOCH, mode: (mode & 0o111) === 0 ? 0o100644 : 0o100755 });
  }
  zip.end();
  return buffer(zip.outputStream);
}
