import type { TaskReference } from '@signalbox/model';
import { createHash } from 'node:crypto';
import { buffer } from 'node:stream/consumers';
import { ZipFile } from 'yazl';
import type { FakeServer } from './fake-server.ts';

const ID = '0f077e3a-af59-496d-81bc-ad971b7464e0';

/** A zip of these files. */
async function zipOf(files: Readonly<Record<string, string>>): Promise<Buffer> {
  const zip = new ZipFile();
  for (const [name, text] of Object.entries(files)) zip.addBuffer(Buffer.from(text), name);
  zip.end();
  return buffer(zip.outputStream);
}

/** Puts a package on the server, its task.json made of these keys; returns what a step names it by. */
export async function servePackage(
  server: FakeServer,
  manifest: Readonly<Record<string, unknown>>,
  files: Readonly<Record<string, string>>,
): Promise<TaskReference> {
  const json = { id: ID, name: 'Greet', version: { Major: 1, Minor: 2, Patch: 3 }, inputs: [], ...manifest };
  const zip = await zipOf({ 'task.json': JSON.stringify(json), ...files });
  const sha256 = createHash('sha256').update(zip).digest('hex');
  server.packages.set(sha256, zip);
  return { name: json.name, version: '1.2.3', package: { id: ID, sha256, size: zip.length } };
}
