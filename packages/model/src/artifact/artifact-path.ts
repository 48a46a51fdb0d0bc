/** Longest path of a file in an artifact, in characters. */
const PATH_LENGTH = 1024;

/** Control characters, and what no file name has on some system. */
// oxlint-disable-next-line no-control-regex -- they are what is looked for
const FORBIDDEN = /[\u0000-\u001f"*:<>?|\\]/;

/**
 * Why a path cannot be one of a file in an artifact; undefined: it can. It is relative, uses `/`, and stays where it
 * is unpacked, on every system (TH11).
 */
export function artifactPathProblem(path: string): string | undefined {
  if (path === '' || path.length > PATH_LENGTH) return `A path has 1 to ${PATH_LENGTH} characters.`;
  if (path.startsWith('/')) return `The path "${path}" is absolute.`;
  for (const part of path.split('/')) {
    if (part === '' || part === '.' || part === '..') {
      return `The path "${path}" has a part "${part}", which could lead elsewhere.`;
    }
    if (FORBIDDEN.test(part)) {
      return `The path "${path}" has a character that not every system allows in a file name.`;
    }
  }
  return undefined;
}
