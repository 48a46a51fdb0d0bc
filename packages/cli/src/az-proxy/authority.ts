import { X509Certificate } from 'node:crypto';
import { chmodSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { rootCertificates } from 'node:tls';
import { CliError, EXIT } from '../exit-codes.ts';
import { makeAuthority, type Certified } from './certificates.ts';

/** The authority of this user's proxy, and the files that clients are told to trust. */
export interface KeptAuthority extends Certified {
  /** Its certificate alone, for programs that add to what they trust (`NODE_EXTRA_CA_CERTS`). */
  readonly file: string;
  /** With the usual authorities, for programs that trust the file alone (`REQUESTS_CA_BUNDLE`). */
  readonly bundle: string;
}

/** Less than this before its end, an authority is made anew. */
const RENEW_BEFORE_MS = 60 * 86_400_000;

/** The authority in a folder; made where there is none, or where it ends soon. The key is for its owner only (0600). */
export function keptAuthority(folder: string, now: number): KeptAuthority {
  const [file, keyFile, bundle] = ['ca.pem', 'ca-key.pem', 'ca-bundle.pem'].map((name) =>
    join(folder, name),
  ) as [string, string, string];
  try {
    const known = knownAuthority(file, keyFile, now);
    const authority = known ?? makeAuthority(hostname(), now);
    if (known === undefined) {
      mkdirSync(folder, { recursive: true, mode: 0o700 });
      // The key first: a certificate without its key would be trusted for nothing.
      writeFileSync(keyFile, authority.key, { mode: 0o600 });
      writeFileSync(file, authority.certificate);
    }
    // `mode` above only counts when the file is new.
    chmodSync(keyFile, 0o600);
    writeFileSync(
      bundle,
      [authority.certificate, ...rootCertificates].map((pem) => `${pem.trim()}\n`).join(''),
    );
    return { ...authority, file, bundle };
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new CliError(EXIT.environment, `The authority in ${folder} cannot be kept: ${reason}`);
  }
}

/** Undefined: there is none that can be used for long enough. */
function knownAuthority(file: string, keyFile: string, now: number): Certified | undefined {
  if (!existsSync(file) || !existsSync(keyFile)) return undefined;
  const certificate = readFileSync(file, 'utf8');
  const ends = Date.parse(new X509Certificate(certificate).validTo);
  return ends - now < RENEW_BEFORE_MS ? undefined : { certificate, key: readFileSync(keyFile, 'utf8') };
}
