/** One file a generator writes; `path` is relative to the repository root. */
export interface GeneratedFile {
  readonly path: string;
  readonly text: string;
}

/** Makes files from sources in this repository: same sources, same bytes. */
export type Generator = () => readonly GeneratedFile[] | Promise<readonly GeneratedFile[]>;
