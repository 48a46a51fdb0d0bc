import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** What the mapping file holds: the number of each definition's folder, and the next one. */
interface FolderNumbers {
  readonly next: number;
  readonly folders: Readonly<Record<string, number>>;
}

const FILE = 'folders.json';

/**
 * The number `<n>` of the workspace of a definition on this agent: given once, then the same for all its runs,
 * also after a restart (WS-1).
 */
export function folderNumber(workFolder: string, key: string): number {
  const numbers = readNumbers(join(workFolder, FILE));
  const known = Object.hasOwn(numbers.folders, key) ? numbers.folders[key] : undefined;
  if (known !== undefined) return known;
  const folders = { ...numbers.folders, [key]: numbers.next };
  writeNumbers(workFolder, { next: numbers.next + 1, folders });
  return numbers.next;
}

function readNumbers(file: string): FolderNumbers {
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return { next: 1, folders: {} };
    throw error;
  }
  try {
    return JSON.parse(text) as FolderNumbers;
  } catch {
    // Guessing could give one folder to two definitions.
    throw new Error(`The file ${file} is damaged. Delete it together with the numbered folders beside it.`);
  }
}

/** Whole or not at all: the agent may be killed at any moment. */
function writeNumbers(workFolder: string, numbers: FolderNumbers): void {
  mkdirSync(workFolder, { recursive: true });
  const temporary = join(workFolder, `${FILE}.new`);
  writeFileSync(temporary, JSON.stringify(numbers, undefined, 2));
  renameSync(temporary, join(workFolder, FILE));
}
