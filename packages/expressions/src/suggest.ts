import { foldCase } from './values/fold.ts';

/** Words longer than this are not typing mistakes, and comparing them would cost time. */
const MAX_SUGGEST_LENGTH = 64;

/** Candidates that are compared; nobody reads a suggestion that took a search of ten thousand. */
const MAX_COMPARED = 1_000;

/** "Did you mean 'x'?" for the nearest candidate at most two slips away, else the empty text. Of two, the longer form. */
export function didYouMean(word: string, candidates: Iterable<string>): string {
  if (word.length > MAX_SUGGEST_LENGTH) return '';
  const allowed = Math.min(2, Math.floor(word.length / 3));
  const folded = foldCase(word);
  let best: string | undefined;
  let bestDistance = allowed + 1;
  let compared = 0;
  for (const candidate of candidates) {
    if (Math.abs(candidate.length - word.length) > allowed) continue;
    if (++compared > MAX_COMPARED) break;
    const distance = editDistance(folded, foldCase(candidate));
    // `branch` is rather the beginning of `branches` than a `batch` with two slips.
    const fuller = distance === bestDistance && best !== undefined && foldCase(candidate).startsWith(folded);
    if (distance < bestDistance || fuller) {
      best = candidate;
      bestDistance = distance;
    }
  }
  return best === undefined ? '' : `Did you mean '${best}'?`;
}

/** Insertions, deletions, replacements and swaps of neighbours between two words. */
function editDistance(a: string, b: string): number {
  let beforeLast: number[] = [];
  let last = Array.from({ length: b.length + 1 }, (_, column) => column);
  for (let row = 1; row <= a.length; row++) {
    const current = [row];
    for (let column = 1; column <= b.length; column++) {
      const cost = a[row - 1] === b[column - 1] ? 0 : 1;
      const swapped = row > 1 && column > 1 && a[row - 1] === b[column - 2] && a[row - 2] === b[column - 1];
      current[column] = Math.min(
        at(last, column) + 1,
        at(current, column - 1) + 1,
        at(last, column - 1) + cost,
        swapped ? at(beforeLast, column - 2) + 1 : Infinity,
      );
    }
    beforeLast = last;
    last = current;
  }
  return at(last, b.length);
}

function at(row: readonly number[], column: number): number {
  return row[column] ?? Infinity;
}
