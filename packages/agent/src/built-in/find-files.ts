import { minimatch } from 'minimatch';
import { lstat, readdir, realpath, stat } from 'node:fs/promises';
import { isAbsolute, join, sep } from 'node:path';

/** How files are found. */
export interface FindOptions {
  /** Where relative patterns begin. */
  readonly root: string;
  /** Patterns match names with a dot in front, too. */
  readonly dot: boolean;
  /** Links to folders are followed. */
  readonly followLinks: boolean;
  readonly signal?: AbortSignal;
}

/**
 * Paths that patterns choose, one pattern per line, files and folders, sorted: a line adds what it matches, one that
 * begins with `!` takes away what it matches, `#` begins a comment. A pattern without wildcards is a path.
 */
export async function findFiles(patterns: string, options: FindOptions): Promise<readonly string[]> {
  const found = new Set<string>();
  for (const line of linesOf(patterns)) {
    const takes = line.startsWith('!');
    const pattern = rooted(takes ? line.replace(/^!+/, '').trim() : line, options.root);
    if (takes) {
      for (const path of found) if (matches(path, pattern, options)) found.delete(path);
    } else {
      for (const path of await matching(pattern, options)) found.add(path);
    }
  }
  return [...found].toSorted();
}

function linesOf(patterns: string): readonly string[] {
  return patterns
    .split(/\r?\n/)
    .map((line) => line.trim())
    .filter((line) => line !== '' && !line.startsWith('#'));
}

function rooted(pattern: string, root: string): string {
  // The root is a path, not a pattern: what looks like a wildcard in it is none.
  return isAbsolute(pattern) ? pattern : join(escaped(root), pattern);
}

function escaped(path: string): string {
  return path.replace(/[*?[\]]/g, (character) => `[${character}]`);
}

function matches(path: string, pattern: string, { dot }: FindOptions): boolean {
  const nocase = process.platform === 'win32';
  return minimatch(path, pattern, { dot, nocase, nobrace: true, nocomment: true, nonegate: true });
}

async function matching(pattern: string, options: FindOptions): Promise<readonly string[]> {
  const parts = pattern.split(sep);
  const first = parts.findIndex((part) => /[*?]|\[[^*?[\]]|[+@!]\(/.test(part.replace(/\[([*?[\]])\]/g, '')));
  const fixed = (first < 0 ? parts : parts.slice(0, first)).join(sep).replace(/\[([*?[\]])\]/g, '$1') || sep;
  if (first < 0) return (await exists(fixed)) ? [fixed] : [];
  const paths = await walk(fixed, options, new Set());
  return paths.filter((path) => matches(path, pattern, options));
}

/** A folder and everything below it; a folder that is its own parent by a link is entered once. */
async function walk(
  path: string,
  options: FindOptions,
  above: ReadonlySet<string>,
): Promise<readonly string[]> {
  options.signal?.throwIfAborted();
  const status = await (options.followLinks ? stat : lstat)(path).catch(() => undefined);
  // A link that leads nowhere is still there itself.
  if (status === undefined) return (await exists(path)) ? [path] : [];
  if (!status.isDirectory()) return [path];
  const real = await realpath(path);
  if (above.has(real)) return [path];
  const within = new Set([...above, real]);
  const found = [path];
  for (const name of (await readdir(path)).toSorted())
    found.push(...(await walk(join(path, name), options, within)));
  return found;
}

async function exists(path: string): Promise<boolean> {
  return lstat(path).then(
    () => true,
    () => false,
  );
}
