import { createHash, randomBytes } from 'node:crypto';

const ALPHABET = 'abcdefghijklmnopqrstuvwxyz234567';

/** A new secret: 52 base32 characters, the shape that clients take for a personal access token (REST.md §2.1). */
export function newSecret(): string {
  // 52 characters hold 260 bits; only the low five bits of each byte are used, so none is likelier than another.
  return Array.from(randomBytes(52), (byte) => ALPHABET[byte & 31]).join('');
}

/** What is stored of a secret; looking up by it gives no timing to learn from (TH16). */
export function hashOf(secret: string): string {
  return createHash('sha256').update(secret).digest('hex');
}
