import { isAbsolute } from 'node:path';
import { RepositoryError } from './git-program.ts';
import { fullBranch } from './full-branch.ts';

/** Where a repository is, once it was looked at closely. */
export interface Address {
  readonly kind: 'remote' | 'local';
  readonly url: string;
}

/** Which addresses a server may fetch from. */
export interface AddressRules {
  /** False refuses paths on the server's machine. */
  readonly allowLocal: boolean;
}

/**
 * Accepts https, http, ssh and, where allowed, absolute paths of this machine. Everything else is refused before git
 * sees it: options in disguise, `ext::`, relative paths (TH12).
 */
export function checkAddress(url: string, rules: AddressRules): Address {
  if (url === '') throw new RepositoryError('The repository has no address.');
  // eslint-disable-next-line no-control-regex -- control characters are what is looked for
  if (url.startsWith('-') || /[\u0000-\u001F\u007F]/.test(url) || url.length > 2048) {
    throw new RepositoryError('The address of the repository is not valid.');
  }
  if (/^(https?|ssh):\/\/[^/\s-][^\s]*$/i.test(url)) return { kind: 'remote', url };
  if (/^[\w.-]+@[\w.][\w.-]*:[^\s-][^\s]*$/.test(url)) return { kind: 'remote', url };
  const path = url.startsWith('file://') ? decodeURIComponent(url.slice('file://'.length)) : url;
  if (!isAbsolute(path)) {
    throw new RepositoryError(
      'The address must be an https, http or ssh URL, or an absolute path on the server.',
    );
  }
  if (!rules.allowLocal)
    throw new RepositoryError('This server does not read repositories from its own disk.');
  return { kind: 'local', url: path };
}

/** An address as it is told: without the password or the token that it may hold (INV-61). */
export function shownAddress(url: string): string {
  return url
    .replace(/^(https?:\/\/)[^/@\s]*@/i, '$1***@')
    .replace(/^([a-z]+:\/\/[^/@:\s]*):[^/@\s]*@/i, '$1:***@');
}

/** The protocols that git may use for an address. */
export function protocolsFor(address: Address): readonly string[] {
  return address.kind === 'local' ? ['file'] : ['https', 'http', 'ssh'];
}

/** A full ref: `main` means `refs/heads/main`. Refuses what git would not take as a ref. */
export function fullRef(branch: string): string {
  const ref = fullBranch(branch);
  // eslint-disable-next-line no-control-regex -- control characters are what is looked for
  const isPlain = /^refs\/[^\s~^:?*[\\\u0000-\u001F\u007F]+$/.test(ref) && ref.length <= 512;
  if (!isPlain || /(^|\/)[.-]|\.\.|@\{|\/\/|\.lock(\/|$)|[./]$/.test(ref)) {
    throw new RepositoryError(`"${branch.slice(0, 100)}" is not the name of a branch.`);
  }
  return ref;
}
