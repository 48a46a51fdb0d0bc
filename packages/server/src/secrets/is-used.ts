import { text } from 'node:stream/consumers';
import type { RotationDesk } from './rotation-desk.ts';

const ROWS_AT_ONCE = 500;

/** Whether anything that is stored is sealed by a key: looks at everything. */
export async function isUsed(desk: RotationDesk, key: string): Promise<boolean> {
  let found = false;
  const look = (value: string): string => {
    found ||= value.includes('{sealed:') && desk.sealer.names(value, key);
    return value;
  };
  let next: string | undefined;
  do next = (await desk.store.texts.rewrite(next, { limit: ROWS_AT_ONCE, change: look })).next;
  while (next !== undefined && !found);
  return found || isUsedByFile(desk, key);
}

async function isUsedByFile({ store, blobs, sealer }: RotationDesk, key: string): Promise<boolean> {
  for (const project of await store.projects.list()) {
    for (const { sha256 } of await store.secureFiles.list(project.id)) {
      const stream = await blobs.open(sha256);
      if (stream !== undefined && sealer.names(await text(stream), key)) return true;
    }
  }
  return false;
}
