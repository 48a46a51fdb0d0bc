import { artifactPathProblem } from './artifact-path.ts';

/**
 * The files of an artifact or a cache: what they are called and where their bytes are. It is itself a content of the
 * blob store, as JSON; the server reads it before it takes it, the agent before it writes a file.
 */
export interface ArtifactManifest {
  readonly files: readonly ManifestFile[];
  /** Folders in which nothing is; those of files go without saying. */
  readonly folders: readonly string[];
}

/** One file. */
export interface ManifestFile {
  /** Relative, with `/` between its parts. */
  readonly path: string;
  /** Bytes. */
  readonly size: number;
  /** The permission bits that are kept: 0o755 or 0o644. */
  readonly mode: number;
  /** Of the whole file. */
  readonly sha256: string;
  /** Where its bytes are, in order; a small file shares a content with others, a large one has several. */
  readonly parts: readonly ManifestPart[];
}

/** Some bytes of a content. */
export interface ManifestPart {
  readonly blob: string;
  readonly offset: number;
  readonly size: number;
}

/** A manifest, or the first thing that is wrong with it. */
export type ReadManifest =
  | { readonly ok: true; readonly manifest: ArtifactManifest }
  | { readonly ok: false; readonly problem: string };

/** Most files of one artifact; a manifest of so many is about 25 MB. */
export const MANIFEST_FILES = 100_000;

/**
 * Reads a manifest that somebody else wrote. Nothing in it can lead out of the folder that it is unpacked in, and no
 * two of its paths are one on a file system that ignores letter case (TH11).
 */
export function readManifest(text: string): ReadManifest {
  const value = parse(text);
  if (!isRecord(value) || !Array.isArray(value['files']) || !Array.isArray(value['folders'])) {
    return refused('It is no JSON object with "files" and "folders".');
  }
  const { files, folders } = value;
  if (files.length + folders.length > MANIFEST_FILES) {
    return refused(`More than ${MANIFEST_FILES} files; put them into an archive first.`);
  }
  const seen = new Map<string, string>();
  for (const folder of folders) {
    const problem = typeof folder === 'string' ? pathProblem(folder, seen) : 'A folder is no text.';
    if (problem !== undefined) return refused(problem);
  }
  for (const file of files) {
    const problem = fileProblem(file) ?? pathProblem((file as ManifestFile).path, seen);
    if (problem !== undefined) return refused(problem);
  }
  return (
    nested(files as readonly ManifestFile[], seen) ?? {
      ok: true,
      manifest: value as unknown as ArtifactManifest,
    }
  );
}

/** The contents that a manifest names, each once. */
export function contentsOf({ files }: ArtifactManifest): readonly string[] {
  return [...new Set(files.flatMap(({ parts }) => parts.map(({ blob }) => blob)))];
}

/** The bytes of all files together. */
export function bytesOf({ files }: ArtifactManifest): number {
  return files.reduce((sum, { size }) => sum + size, 0);
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function refused(problem: string): ReadManifest {
  return { ok: false, problem };
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function fileProblem(file: unknown): string | undefined {
  if (!isRecord(file) || typeof file['path'] !== 'string') return 'A file has no path.';
  const { size, mode, sha256, parts, path } = file;
  if (!isCount(size) || (mode !== 0o644 && mode !== 0o755) || !isHash(sha256) || !Array.isArray(parts)) {
    return `The file "${path}" has no right size, mode, hash or parts.`;
  }
  if (!parts.every(isPart)) return `A part of the file "${path}" is not right.`;
  const total = parts.reduce((sum, part) => sum + part.size, 0);
  return total === size ? undefined : `The parts of the file "${path}" do not add up to its size.`;
}

function isPart(part: unknown): part is ManifestPart {
  return isRecord(part) && isHash(part['blob']) && isCount(part['offset']) && isCount(part['size']);
}

function isCount(value: unknown): value is number {
  return Number.isSafeInteger(value) && Number(value) >= 0;
}

function isHash(value: unknown): value is string {
  return typeof value === 'string' && /^[0-9a-f]{64}$/.test(value);
}

function pathProblem(path: string, seen: Map<string, string>): string | undefined {
  const problem = artifactPathProblem(path);
  if (problem !== undefined) return problem;
  const folded = path.toLowerCase();
  const twin = seen.get(folded);
  if (twin !== undefined) return `"${twin}" and "${path}" are one file where letter case does not count.`;
  seen.set(folded, path);
  return undefined;
}

/** A file that is also the folder of another one. */
function nested(files: readonly ManifestFile[], seen: ReadonlyMap<string, string>): ReadManifest | undefined {
  const names = new Set(files.map(({ path }) => path.toLowerCase()));
  for (const path of seen.values()) {
    const parts = path.toLowerCase().split('/');
    for (let length = 1; length < parts.length; length += 1) {
      const above = parts.slice(0, length).join('/');
      if (names.has(above))
        return refused(`"${seen.get(above) ?? above}" is a file and the folder of "${path}".`);
    }
  }
  return undefined;
}
