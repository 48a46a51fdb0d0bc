import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { FileProvider } from '@signalbox/compiler';

/** Where the corpus lies: beside the repository. It is never part of it. */
export const CORPUS: string = fileURLToPath(new URL('../../../../../shared/corpus/', import.meta.url));

/** False where the corpus is not there, so that nothing that needs it can run. */
export const hasCorpus: boolean = existsSync(`${CORPUS}real/MANIFEST.json`);

/** The files below a folder, by their path from there. */
export function filesBelow(folder: string): FileProvider {
  return { read: async (path) => textAt(`${folder}/${path}`) };
}

/** The text of a file, or nothing when there is none. */
export function textAt(path: string): string | undefined {
  return existsSync(path) ? readFileSync(path, 'utf8') : undefined;
}
