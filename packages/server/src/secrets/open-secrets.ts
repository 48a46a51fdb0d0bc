import { createSealer } from '../auth/sealer.ts';
import type { App } from '../app.ts';
import { KeyError } from './key-ring.ts';
import { createRotation } from './rotation.ts';

const CHECK = 'secrets.check';
const CLEAR = 'signalbox';

/**
 * Reads the keys of a server, and makes what seals with them and seals anew. Throws a `KeyError`, also for keys that
 * open nothing of this database: jobs would get sealed texts for passwords.
 */
export async function openSecrets(
  { keys, store, blobs, clock }: Pick<App, 'keys' | 'store' | 'blobs' | 'clock'>,
  failed: (error: unknown) => void,
): Promise<Pick<App, 'keys' | 'sealer' | 'rotation'>> {
  const sealer = createSealer(keys);
  const kept = await store.settings.setOnce(CHECK, sealer.seal(CLEAR));
  if (sealer.open(kept) !== CLEAR)
    throw new KeyError(
      `None of the keys (${keys.kind}) opens the secrets of this database. Start with the key that sealed them.`,
    );
  return { keys, sealer, rotation: createRotation({ store, blobs, sealer, clock }, failed) };
}
