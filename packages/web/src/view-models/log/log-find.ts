import { fold } from '@signalbox/model';

/** The numbers of the lines that contain a text, letter case aside; none for an empty text. */
export function findLines(lines: readonly string[], text: string): readonly number[] {
  const wanted = fold(text);
  if (wanted === '') return [];
  return lines.flatMap((line, index) => (fold(line).includes(wanted) ? [index + 1] : []));
}

const ERROR = /^(?:\d{4}-\d\d-\d\dT[\d:.]+Z ?)?##\[error\]/;

/** The number of the first line that says what went wrong; undefined: none does. */
export function firstError(lines: readonly string[]): number | undefined {
  const index = lines.findIndex((line) => ERROR.test(line));
  return index === -1 ? undefined : index + 1;
}

/** The place of the hit that follows a line: the first one behind it, or from the start again. */
export function nextHit(hits: readonly number[], line: number, by: 1 | -1): number | undefined {
  if (hits.length === 0) return undefined;
  if (by === 1) return hits.find((hit) => hit > line) ?? hits[0];
  return hits.findLast((hit) => hit < line) ?? hits.at(-1);
}
