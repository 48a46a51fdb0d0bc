import type { Expansion, FileAnswer, FileRequest } from './context.ts';

/** Runs an expansion to its end; `answer` gets the files that it asks for, one after the other. */
export async function drive<T>(
  expansion: Expansion<T>,
  answer: (request: FileRequest) => Promise<FileAnswer>,
): Promise<T> {
  let step = expansion.next({ kind: 'no-file' });
  while (step.done !== true) step = expansion.next(await answer(step.value));
  return step.value;
}
