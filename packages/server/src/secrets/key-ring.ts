import { createHash, randomBytes } from 'node:crypto';

const KEY_BYTES = 32;
/** Keys that a ring may hold: the one that seals, and those of rotations that are not finished. */
const MOST_KEYS = 20;

/** A key that seals secrets. The id is made of the key, so that servers agree on it; it tells nothing of the key. */
export interface SealKey {
  /** Eight hexadecimal digits. */
  readonly id: string;
  readonly bytes: Buffer;
}

/** The keys of a server: the first one seals, every one opens. */
export interface KeyRing {
  readonly active: SealKey;
  readonly keys: readonly SealKey[];
}

/** Keys that cannot be used; the message is one sentence that says what to do. */
export class KeyError extends Error {
  constructor(message: string, options?: { readonly cause?: unknown }) {
    super(message, options);
    this.name = 'KeyError';
  }
}

/** A new key, as key files hold it: 64 hexadecimal digits. */
export function newKeyText(): string {
  return randomBytes(KEY_BYTES).toString('hex');
}

/** The entries of a text that holds several: one in a line, or parted by commas; lines with `#` are left out. */
export function entriesOf(text: string): readonly string[] {
  return text
    .split(/[\n,]/)
    .map((line) => line.trim())
    .filter((line) => line !== '' && !line.startsWith('#'));
}

/** Makes a ring of keys as texts: 32 bytes in hexadecimal or base64. `where` names their place in refusals. */
export function ringOf(texts: readonly string[], where: string): KeyRing {
  const keys = texts.map((text) => keyOf(text, where));
  const [active] = keys;
  if (active === undefined)
    throw new KeyError(`${where} holds no key. Put 32 random bytes there, in hexadecimal.`);
  if (keys.length > MOST_KEYS)
    throw new KeyError(`${where} holds more than ${MOST_KEYS} keys. Take out those that nothing uses.`);
  return { active, keys };
}

function keyOf(text: string, where: string): SealKey {
  const bytes = /^[0-9a-f]{64}$/i.test(text)
    ? Buffer.from(text, 'hex')
    : /^[A-Za-z0-9+/]{43}=$/.test(text)
      ? Buffer.from(text, 'base64')
      : undefined;
  if (bytes?.length !== KEY_BYTES) {
    throw new KeyError(
      `${where} does not hold a key of ${KEY_BYTES} bytes, in hexadecimal or base64. Put a copy of the key there.`,
    );
  }
  return { id: idOf(bytes), bytes };
}

function idOf(bytes: Buffer): string {
  return createHash('sha256').update('signalbox key id\0').update(bytes).digest('hex').slice(0, 8);
}
