import { text } from 'node:stream/consumers';
import type { SecureFileRow } from '@signalbox/store';
import { ownerOfSecureFile } from '../tasks/secure-file-owner.ts';
import type { RotationDesk } from './rotation-desk.ts';

/** Seals the contents of secure files anew that another key than the newest sealed; answers how many. */
export async function resealFiles(desk: RotationDesk): Promise<number> {
  let count = 0;
  for (const project of await desk.store.projects.list())
    for (const file of await desk.store.secureFiles.list(project.id))
      if (await reseal(desk, file)) count += 1;
  return count;
}

async function reseal({ store, blobs, sealer }: RotationDesk, file: SecureFileRow): Promise<boolean> {
  const stream = await blobs.open(file.sha256);
  if (stream === undefined) return false;
  const before = await text(stream);
  const after = sealer.reseal(before);
  if (after === before) return false;
  const put = await blobs.put(once(after));
  if (put.kind === 'refused') throw new Error(put.message);
  const owner = ownerOfSecureFile(file.guid);
  const meanwhile = `${owner}:new`;
  // At every moment somebody names the content that the row points at, so that no sweep takes it.
  await store.blobs.use({ owner: meanwhile, project: file.project }, [put.sha256]);
  const sha256 = { from: file.sha256, to: put.sha256 };
  const done = await store.secureFiles.reseal(file.project, file.guid, sha256);
  if (done) {
    await store.blobs.release(owner);
    await store.blobs.use({ owner, project: file.project }, [put.sha256]);
  }
  await store.blobs.release(meanwhile);
  return done;
}

async function* once(sealed: string): AsyncGenerator<Uint8Array> {
  yield Buffer.from(sealed, 'utf8');
}
