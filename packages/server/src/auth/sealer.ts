import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** Keeps secret values unreadable in the database and the journal; only the job that uses one gets it in clear. */
export interface Sealer {
  /** The value as it may be stored: another text each time. Empty stays empty. */
  seal(value: string): string;
  /** Every sealed value inside a text, in clear; what this key did not seal stays as it is. */
  open(text: string): string;
}

const KEY_BYTES = 32;
const IV_BYTES = 12;
const TAG_BYTES = 16;
const SEALED = /\{sealed:v1:([A-Za-z0-9_-]+)\}/g;

/** AES-256-GCM with the key in `secret.key` of the data folder (mode 0600), which is made if there is none. */
export function createSealer(dataFolder: string): Sealer {
  const key = keyIn(dataFolder);
  return {
    seal: (value) => (value === '' ? '' : sealed(key, value)),
    open: (text) => text.replace(SEALED, (whole, body: string) => opened(key, body) ?? whole),
  };
}

function keyIn(dataFolder: string): Buffer {
  const file = join(dataFolder, 'secret.key');
  mkdirSync(dataFolder, { recursive: true, mode: 0o700 });
  try {
    // `wx`: of two that start at once, one makes the key and both read it.
    writeFileSync(file, randomBytes(KEY_BYTES).toString('hex'), { mode: 0o600, flag: 'wx' });
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) throw error;
  }
  const key = Buffer.from(readFileSync(file, 'utf8').trim(), 'hex');
  if (key.length !== KEY_BYTES)
    throw new Error(`${file} does not hold a key of ${KEY_BYTES} bytes in hexadecimal.`);
  return key;
}

function sealed(key: Buffer, value: string): string {
  const iv = randomBytes(IV_BYTES);
  const cipher = createCipheriv('aes-256-gcm', key, iv, { authTagLength: TAG_BYTES });
  const body = Buffer.concat([iv, cipher.update(value, 'utf8'), cipher.final(), cipher.getAuthTag()]);
  return `{sealed:v1:${body.toString('base64url')}}`;
}

function opened(key: Buffer, body: string): string | undefined {
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
