import { createSecureContext, type SecureContext } from 'node:tls';
import { makeKey, makeServerCertificate, type Certified } from './certificates.ts';

/** Hosts whose certificates are kept at once. */
const MOST_HOSTS = 64;
/** A certificate is good for a month, and made anew after a day. */
const FRESH_MS = 86_400_000;

/** Answers the certificate of a host, as TLS wants it. */
export type ServerCertificates = (host: string) => SecureContext;

/** Certificates that an authority signs when they are first asked for, all of one key that is never written down. */
export function serverCertificates(authority: Certified, now: () => number): ServerCertificates {
  const key = makeKey();
  const kept = new Map<string, { readonly context: SecureContext; readonly at: number }>();
  return (host) => {
    const known = kept.get(host);
    if (known !== undefined && now() - known.at < FRESH_MS) return known.context;
    if (kept.size >= MOST_HOSTS) kept.clear();
    const { certificate } = makeServerCertificate(host, authority, { key, now: now() });
    const context = createSecureContext({ cert: certificate, key });
    kept.set(host, { context, at: now() });
    return context;
  };
}
