/** Longest run number (RNAME-5). */
const MAX_RUN_NUMBER_LENGTH = 255;

/** Why a text cannot be a run number, as the end of a sentence; undefined when it can (RNAME-5). */
export function runNumberProblem(number: string): string | undefined {
  const wrong = /["/\\:<>'|?@*]/.exec(number)?.[0];
  if (number === '') return 'it is empty';
  if (wrong !== undefined) return `'${wrong}' is not allowed in it`;
  if (number.endsWith('.')) return "it must not end in '.'";
  if (number.length > MAX_RUN_NUMBER_LENGTH) return `it is longer than ${MAX_RUN_NUMBER_LENGTH} characters`;
  return undefined;
}
