import { ROUTES } from '../routes/table.ts';
import type { WireSecretKeys } from '../wire/secrets.ts';
import type { Transport } from './transport.ts';

/** The keys that secrets are sealed by. */
export interface SecretsClient {
  getSecretKeys(): Promise<WireSecretKeys>;
  /** Begins to seal everything anew, or goes on with it; answers at once. */
  rotateSecrets(): Promise<WireSecretKeys>;
  /** 409 while anything is sealed by it. */
  forgetSecretKey(key: string): Promise<void>;
}

/** The calls of `SecretsClient`. */
export function secretsClient(transport: Transport): SecretsClient {
  return {
    getSecretKeys: () => transport.json(ROUTES.getSecretKeys, {}),
    rotateSecrets: () => transport.json(ROUTES.rotateSecrets, { body: {} }),
    forgetSecretKey: (key) => transport.json(ROUTES.forgetSecretKey, { path: { key } }),
  };
}
