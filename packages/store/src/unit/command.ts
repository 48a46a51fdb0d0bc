import { createHash } from 'node:crypto';
import type { Mail, Reply } from '@signalbox/engine';
import { StoreError } from '../errors.ts';

/** What a reply key stands for: the same key with another message is a mistake of the caller (INV-70). */
export function digestOf(mail: Mail): string {
  return createHash('sha256')
    .update(JSON.stringify([mail.to.kind, mail.to.id, mail.body]))
    .digest('base64');
}

/** The refusal for a reply key that came with another message. */
export function keyReused(key: string): StoreError {
  return new StoreError('key-reused', `The key ${key} was used for another request. Use a new key.`);
}

/** What the sender of a parked command is told. */
export function parkedReply(reason: string): Reply {
  const message = `The request could not be handled and was set aside: ${reason}`;
  return { ok: false, refusal: { code: 'parked', message } };
}
