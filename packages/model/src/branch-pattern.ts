/** Longest pattern of a branch name. */
const MAX_PATTERN = 256;

/** Whether a text is a pattern of branch names: a full name, or the beginning of names with `*` at its end. */
export function isBranchPattern(text: unknown): text is string {
  if (typeof text !== 'string' || text === '' || text.length > MAX_PATTERN) return false;
  const star = text.indexOf('*');
  return star === -1 || star === text.length - 1;
}

/** A ref in full: `main` is `refs/heads/main`; a commit stays as it is. */
export function fullRef(ref: string): string {
  return ref.startsWith('refs/') || /^[\da-f]{40}$/i.test(ref) ? ref : `refs/heads/${ref}`;
}

/** Whether the branch (`refs/heads/…`) fits one of the patterns. Letter case counts, as it does for git. */
export function matchesBranch(patterns: readonly string[], branch: string): boolean {
  return patterns.some((pattern) =>
    pattern.endsWith('*') ? branch.startsWith(pattern.slice(0, -1)) : branch === pattern,
  );
}
