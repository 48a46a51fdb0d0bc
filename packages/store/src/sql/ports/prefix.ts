/** The first text behind all that begin with the prefix, in the byte order of both databases. */
export function afterPrefix(prefix: string): string {
  return `${prefix}\u{10FFFF}`;
}
