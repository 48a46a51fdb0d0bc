import { restReference } from './generate/rest-reference.ts';

/** One file a generator writes; `path` is relative to the repository root. */
export interface GeneratedFile {
  readonly path: string;
  readonly text: string;
}

/** Makes files from sources in this repository: same sources, same bytes. */
export type Generator = () => readonly GeneratedFile[] | Promise<readonly GeneratedFile[]>;

/** Every generator `npm run generate` runs. Add yours here; it lives in scripts/generate/. */
export const generators: readonly Generator[] = [restReference];
