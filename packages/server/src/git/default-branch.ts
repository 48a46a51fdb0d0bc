import { protocolsFor, type Address } from './address.ts';
import { git } from './git-program.ts';

// Somebody waits for the answer while a pipeline is made.
const PATIENCE_MS = 10_000;

/** What `HEAD` of a repository points to, as a full ref. */
export async function remoteDefaultBranch(address: Address): Promise<string | undefined> {
  const args = ['ls-remote', '--symref', '--end-of-options', address.url, 'HEAD'];
  const answer = await git(args, { protocols: protocolsFor(address), timeoutMs: PATIENCE_MS }).then(
    String,
    () => '',
  );
  return /^ref: (refs\/heads\/\S+)\tHEAD$/m.exec(answer)?.[1];
}
