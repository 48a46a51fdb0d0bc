import { protocolsFor, type Address } from './address.ts';
import { git, RepositoryError } from './git-program.ts';
import { whyUnreadable } from './why-unreadable.ts';

// Somebody's push waits for the answer; a server that hangs is asked again later.
const PATIENCE_MS = 20_000;
/** A repository with a million refs is not looked at. */
const MAX_BYTES = 64 * 1024 * 1024;

/**
 * The refs below the namespaces (`refs/heads/*`) that a repository has now, in full, with their commits: those that
 * annotated tags lead to. Asks the repository, and fetches nothing.
 */
export async function remoteRefs(
  address: Address,
  namespaces: readonly string[],
): Promise<Readonly<Record<string, string>>> {
  const args = ['ls-remote', '--end-of-options', address.url, ...namespaces];
  const bounds = { timeoutMs: PATIENCE_MS, maxBytes: MAX_BYTES };
  const answer = await git(args, { protocols: protocolsFor(address), ...bounds }).catch((cause: unknown) => {
    const why = cause instanceof Error ? cause.message : String(cause);
    throw new RepositoryError(whyUnreadable(why), { cause });
  });
  const refs = new Map<string, string>();
  // What a tag leads to comes behind it, as `refs/tags/v1^{}`.
  for (const [, commit = '', ref = ''] of String(answer).matchAll(
    /^([\da-f]{40,64})\t(refs\/\S+?)(?:\^\{\})?$/gm,
  )) {
    refs.set(ref, commit);
  }
  return Object.fromEntries([...refs].sort(([a], [b]) => (a < b ? -1 : 1)));
}
