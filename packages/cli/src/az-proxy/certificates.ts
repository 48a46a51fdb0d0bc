import { generateKeyPairSync, randomBytes } from 'node:crypto';
import forge from 'node-forge';

/** A certificate with its key, both as PEM. */
export interface Certified {
  readonly certificate: string;
  readonly key: string;
}

/** The only names that a certificate of our authority is good for; names below them count, too (RFC 5280, 4.2.1.10). */
const PERMITTED = ['dev.azure.com', 'visualstudio.com'] as const;

const AUTHORITY_DAYS = 3650;
const SERVER_DAYS = 30;
const DAY_MS = 86_400_000;

/** Makes an authority of one's own. It is bounded by its certificate to the hosts of Azure DevOps. */
export function makeAuthority(owner: string, now: number): Certified {
  const key = makeKey();
  const certificate = unsigned(key, { days: AUTHORITY_DAYS, now });
  const name = [{ name: 'commonName', value: `Signalbox az-proxy of ${owner}`.slice(0, 64) }];
  certificate.setSubject(name);
  certificate.setIssuer(name);
  certificate.setExtensions([
    { name: 'basicConstraints', critical: true, cA: true, pathLenConstraint: 0 },
    { name: 'keyUsage', critical: true, keyCertSign: true, cRLSign: true },
    { name: 'subjectKeyIdentifier' },
    { id: '2.5.29.30', critical: true, value: permittedNames() },
  ]);
  return signed(certificate, { key, by: key });
}

/** Makes a certificate for one host and this key, good for a month. */
export function makeServerCertificate(
  host: string,
  authority: Certified,
  { key, now }: { readonly key: string; readonly now: number },
): Certified {
  const issuer = forge.pki.certificateFromPem(authority.certificate);
  const certificate = unsigned(key, { days: SERVER_DAYS, now });
  certificate.setSubject([{ name: 'commonName', value: host.slice(0, 64) }]);
  certificate.setIssuer(issuer.subject.attributes);
  certificate.setExtensions([
    { name: 'basicConstraints', critical: true, cA: false },
    { name: 'keyUsage', critical: true, digitalSignature: true, keyEncipherment: true },
    { name: 'extKeyUsage', serverAuth: true },
    { name: 'subjectAltName', altNames: [{ type: 2, value: host }] },
    { name: 'authorityKeyIdentifier', keyIdentifier: issuer.generateSubjectKeyIdentifier().getBytes() },
  ]);
  return signed(certificate, { key, by: authority.key });
}

/** A key as PEM. Node makes it: it is quicker than the library, and its chance is the system's. */
export function makeKey(): string {
  const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
  return String(privateKey.export({ type: 'pkcs1', format: 'pem' }));
}

function unsigned(
  key: string,
  { days, now }: { readonly days: number; readonly now: number },
): forge.pki.Certificate {
  const { n, e } = forge.pki.privateKeyFromPem(key);
  const certificate = forge.pki.createCertificate();
  certificate.publicKey = forge.pki.setRsaPublicKey(n, e);
  // Positive, and not longer than 20 bytes.
  certificate.serialNumber = `00${randomBytes(16).toString('hex')}`;
  // A day before: clocks of one machine may have been set back since.
  certificate.validity.notBefore = new Date(now - DAY_MS);
  certificate.validity.notAfter = new Date(now + days * DAY_MS);
  return certificate;
}

function signed(
  certificate: forge.pki.Certificate,
  { key, by }: { readonly key: string; readonly by: string },
): Certified {
  certificate.sign(forge.pki.privateKeyFromPem(by), forge.md.sha256.create());
  return { certificate: forge.pki.certificateToPem(certificate), key };
}

/** `NameConstraints` with `permittedSubtrees`, which the library cannot write by itself. */
function permittedNames(): string {
  const { asn1 } = forge;
  const { CONTEXT_SPECIFIC, UNIVERSAL } = asn1.Class;
  const trees = PERMITTED.map((name) =>
    asn1.create(UNIVERSAL, asn1.Type.SEQUENCE, true, [
      // [2] is dNSName in GeneralName.
      asn1.create(CONTEXT_SPECIFIC, 2 as forge.asn1.Type, false, name),
    ]),
  );
  const permitted = asn1.create(CONTEXT_SPECIFIC, 0 as forge.asn1.Type, true, trees);
  return asn1.toDer(asn1.create(UNIVERSAL, asn1.Type.SEQUENCE, true, [permitted])).getBytes();
}
