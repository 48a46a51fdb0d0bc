import { createCipheriv, createDecipheriv, createHmac, randomBytes } from 'node:crypto';
import type { KeyRing, SealKey } from '../secrets/key-ring.ts';
import { readKeys, stampOf, type KeySource } from '../secrets/key-source.ts';

/** Keeps secret values unreadable in the database and the journal; only the job that uses one gets it in clear. */
export interface Sealer {
  /** The value as it may be stored: another text each time. Empty stays empty. */
  seal(value: string): string;
  /** Every sealed value inside a text, in clear; what no key of ours sealed stays as it is. */
  open(text: string): string;
}

/** A sealer that knows which key sealed what. */
export interface KeyedSealer extends Sealer {
  /**
   * The text with every value sealed by the newest key. The same sealed value becomes the same new one wherever it
   * stands, so that what was decided on equal texts is decided again alike.
   */
  reseal(text: string): string;
  /** Whether a value inside the text was sealed by this key. */
  names(text: string, key: string): boolean;
  /** The keys of now. */
  ring(): KeyRing;
}

const IV_BYTES = 12;
const TAG_BYTES = 16;
// v1 names no key: any of ours may have sealed it.
const SEALED = /\{sealed:(?:v1|v2:([0-9a-f]{8})):([A-Za-z0-9_-]+)\}/g;

/** AES-256-GCM with the keys of a source. A file of keys that changes while the server runs is read again. */
export function createSealer(source: KeySource): KeyedSealer {
  let stamp = stampOf(source);
  let known = readKeys(source);
  const ring = (): KeyRing => {
    const now = stampOf(source);
    if (now !== undefined && now !== stamp) {
      // A file that is no good at the moment leaves the keys that there were.
      known = readable(source) ?? known;
      stamp = now;
    }
    return known;
  };
  const openedBy = (id: string | undefined, body: string): Opened | undefined => {
    for (const key of ring().keys) {
      const value = id === undefined || id === key.id ? opened(key, body) : undefined;
      if (value !== undefined) return { value, key };
    }
    return undefined;
  };
  return {
    ring,
    seal: (value) => (value === '' ? '' : sealed(ring().active, value, randomBytes(IV_BYTES))),
    open: (text) =>
      text.replace(
        SEALED,
        (whole, id: string | undefined, body: string) => openedBy(id, body)?.value ?? whole,
      ),
    reseal: (text) =>
      text.replace(SEALED, (whole, id: string | undefined, body: string) => {
        const { active } = ring();
        if (id === active.id) return whole;
        const found = openedBy(id, body);
        return found === undefined ? whole : sealed(active, found.value, ivFor(active, body));
      }),
    names: (text, key) =>
      [...text.matchAll(SEALED)].some(
        ([, id, body = '']) => (id ?? openedBy(undefined, body)?.key.id) === key,
      ),
  };
}

interface Opened {
  readonly value: string;
  readonly key: SealKey;
}

function readable(source: KeySource): KeyRing | undefined {
  try {
    return readKeys(source);
  } catch {
    return undefined;
  }
}

function sealed({ id, bytes }: SealKey, value: string, iv: Buffer): string {
  const cipher = createCipheriv('aes-256-gcm', bytes, iv, { authTagLength: TAG_BYTES });
  const body = Buffer.concat([iv, cipher.update(value, 'utf8'), cipher.final(), cipher.getAuthTag()]);
  return `{sealed:v2:${id}:${body.toString('base64url')}}`;
}

// The old text begins with chance of its own, so no two values get the same one.
function ivFor({ bytes }: SealKey, body: string): Buffer {
  return createHmac('sha256', bytes).update('signalbox reseal\0').update(body).digest().subarray(0, IV_BYTES);
}

function opened({ bytes: key }: SealKey, body: string): string | undefined {
  const bytes = Buffer.from(body, 'base64url');
  if (bytes.length <= IV_BYTES + TAG_BYTES) return undefined;
  const decipher = createDecipheriv('aes-256-gcm', key, bytes.subarray(0, IV_BYTES), {
    authTagLength: TAG_BYTES,
  });
  decipher.setAuthTag(bytes.subarray(-TAG_BYTES));
  try {
    return decipher.update(bytes.subarray(IV_BYTES, -TAG_BYTES), undefined, 'utf8') + decipher.final('utf8');
  } catch {
    // Not ours, or changed by somebody.
    return undefined;
  }
}
