import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, rename, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { protocolsFor, type Address } from './address.ts';
import { git, RepositoryError } from './git-program.ts';
import { whyUnreadable } from './why-unreadable.ts';

/** A bare copy of a repository in the data folder; files are read from it at a commit, never checked out. */
export interface Mirror {
  readonly directory: string;
  readonly protocols: readonly string[];
}

/** Brings the mirror of an address up to date, making it if there is none. One fetch at a time per address. */
export async function refreshMirror(root: string, address: Address): Promise<Mirror> {
  if (address.kind === 'local') await checkFolder(address.url);
  const mirror = mirrorOf(root, address);
  if (!exists(mirror)) await makeMirror(root, mirror);
  await fetchAll(mirror, address);
  return mirror;
}

/** The mirror as it is, not brought up to date; undefined when there is none yet. */
export function knownMirror(root: string, address: Address): Mirror | undefined {
  const mirror = mirrorOf(root, address);
  return exists(mirror) ? mirror : undefined;
}

function mirrorOf(root: string, address: Address): Mirror {
  return {
    directory: join(root, `${createHash('sha256').update(address.url).digest('hex').slice(0, 32)}.git`),
    protocols: protocolsFor(address),
  };
}

function exists(mirror: Mirror): boolean {
  return existsSync(join(mirror.directory, 'HEAD'));
}

async function checkFolder(path: string): Promise<void> {
  const found = await stat(path).catch(() => undefined);
  if (found === undefined) throw new RepositoryError(`There is no folder ${path} on the server.`);
  const isRepository = existsSync(join(path, '.git')) || existsSync(join(path, 'HEAD'));
  if (!found.isDirectory() || !isRepository) {
    throw new RepositoryError(
      `${path} is not a git repository. Run "git init" there and commit the pipeline.`,
    );
  }
}

// Made beside its place and then moved there: a crash leaves no half mirror.
async function makeMirror(root: string, mirror: Mirror): Promise<void> {
  await mkdir(root, { recursive: true, mode: 0o700 });
  const draft = `${mirror.directory}.${process.pid}.new`;
  await rm(draft, { recursive: true, force: true });
  await git(['init', '--quiet', '--bare', '--', draft], mirror);
  await rename(draft, mirror.directory);
}

/** Brings single refs, by their full names, besides branches and tags. */
export async function fetchRefs(mirror: Mirror, address: Address, refs: readonly string[]): Promise<void> {
  const wanted = refs.map((ref) => `+${ref}:${ref}`);
  await git(['fetch', ...FETCH_OPTIONS, '--end-of-options', address.url, ...wanted], mirror);
}

const FETCH_OPTIONS = [
  '--quiet',
  '--no-recurse-submodules',
  '--no-auto-maintenance',
  '--no-write-fetch-head',
] as const;

async function fetchAll(mirror: Mirror, address: Address): Promise<void> {
  const refs = ['+refs/heads/*:refs/heads/*', '+refs/tags/*:refs/tags/*'];
  try {
    await git(['fetch', '--prune', ...FETCH_OPTIONS, '--end-of-options', address.url, ...refs], mirror);
  } catch (cause) {
    const why = cause instanceof Error ? cause.message : String(cause);
    throw new RepositoryError(whyUnreadable(why), { cause });
  }
}
