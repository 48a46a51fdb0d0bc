import { readFile } from 'node:fs/promises';
import type { Context } from '../context.ts';
import { CliError, EXIT } from '../exit-codes.ts';

/** A secret out of a file, `-` for the standard input. It is never an argument: other users see those of a process. */
export async function secretOf(context: Context, file: string): Promise<string> {
  try {
    const text = file === '-' ? await context.terminal.input() : await readFile(file, 'utf8');
    return text.replace(/\r?\n$/, '');
  } catch {
    throw new CliError(EXIT.usage, `The file ${file} cannot be read.`);
  }
}
