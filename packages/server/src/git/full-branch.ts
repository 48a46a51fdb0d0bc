/** The full ref of a branch: `main` and `refs/heads/main` are the same branch to clients. */
export function fullBranch(branch: string): string {
  return branch.startsWith('refs/') ? branch : `refs/heads/${branch}`;
}
