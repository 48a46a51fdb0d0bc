/** Shorter values would be found in any text. */
const SHORTEST = 3;

/** The text with every secret replaced by `***`, the longest first, so that none is left in part. */
export function mask(text: string, secrets: readonly string[]): string {
  const written = secrets.flatMap((secret) => [secret, encodeURIComponent(secret.toString())]);
  return [...new Set(written)]
    .filter((secret) => secret.length >= SHORTEST)
    .toSorted((a, b) => b.length - a.length)
    .reduce((masked, secret) => masked.replaceAll(secret, '***'), text);
}
