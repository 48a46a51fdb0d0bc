import { createSealer } from '../auth/sealer.ts';
import type { App } from '../app.ts';
import { createRotation } from './rotation.ts';

/** Reads the keys of a server, and makes what seals with them and seals anew. Throws a `KeyError`. */
export function openSecrets(
  { keys, store, blobs, clock }: Pick<App, 'keys' | 'store' | 'blobs' | 'clock'>,
  failed: (error: unknown) => void,
): Pick<App, 'keys' | 'sealer' | 'rotation'> {
  const sealer = createSealer(keys);
  return { keys, sealer, rotation: createRotation({ store, blobs, sealer, clock }, failed) };
}
