import type { WireSecretKeys } from '../wire/secrets.ts';
import type { Nothing } from './shape.ts';

/** What the routes of `routes/secrets.ts` take and answer. */
export interface SecretShapes {
  readonly getSecretKeys: { readonly answer: WireSecretKeys };
  readonly rotateSecrets: { readonly body: Nothing; readonly answer: WireSecretKeys; readonly refuses: 409 };
  readonly forgetSecretKey: { readonly answer: undefined; readonly refuses: 409 };
}
