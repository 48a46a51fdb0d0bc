import type { Store, TokenRow } from '@signalbox/store';
import { CODE_MS, TOKEN_MIN_LENGTH } from '../limits.ts';
import { hashOf, newSecret } from './secret.ts';
import { ownerOf } from './users.ts';

/** The administrator's token and, when it was made here, its secret: shown once and kept nowhere. */
export interface Administrator {
  readonly token: TokenRow;
  readonly secret: string;
}

/** A token that is too easy to guess; the message says what to do. */
export class WeakTokenError extends Error {
  constructor() {
    super(
      `A token needs at least ${TOKEN_MIN_LENGTH} characters. Use a longer one, or none to have one made.`,
    );
    this.name = 'WeakTokenError';
  }
}

/**
 * Makes sure that there is an administrator with this secret; without one, a new secret is made.
 * Starting twice with the same secret makes one token.
 */
export async function ensureAdministrator(store: Store, secret?: string): Promise<Administrator> {
  if (secret !== undefined && secret.length < TOKEN_MIN_LENGTH) throw new WeakTokenError();
  const chosen = secret ?? newSecret();
  const token = await store.tokens.create({
    hash: hashOf(chosen),
    name: 'administrator',
    scope: 'administrator',
  });
  // Only a new one: whoever took the role away, or disabled the user, meant it.
  if (token.user === undefined) await ownerOf(store, token, token.createdAt);
  return { token, secret: chosen };
}

/** A token for the agents of one pool. Starting twice with the same secret makes one token. */
export async function createAgentToken(
  store: Store,
  options: { readonly pool: string; readonly name: string; readonly secret?: string },
): Promise<string> {
  const pool = await store.pools.upsert(options.pool);
  const secret = options.secret ?? newSecret();
  if (secret.length < TOKEN_MIN_LENGTH) throw new WeakTokenError();
  await store.tokens.create({ hash: hashOf(secret), name: options.name, scope: 'agent', pool: pool.id });
  return secret;
}

/** A code for `GET /signin?code=…` that signs a browser in as the token: once, within ten minutes. */
export async function createSignInCode(store: Store, token: number): Promise<string> {
  const code = newSecret();
  await store.sessions.createCode({ hash: hashOf(code), token, lasts: CODE_MS });
  return code;
}
