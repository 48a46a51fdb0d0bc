/** Which rows of a long list are drawn: from `first` up to, but without, `end`. */
export interface Part {
  readonly first: number;
  readonly end: number;
}

/** What is seen of a list whose rows are all equally high, in pixels. */
export interface Sight {
  readonly rows: number;
  readonly rowHeight: number;
  /** How far it is scrolled. */
  readonly top: number;
  readonly height: number;
}

/** Rows that are drawn above and below what is seen, so that scrolling finds them there. */
const SPARE = 6;
/** Never more rows than this, however tall the window is. */
export const MOST_ROWS = 50;

/** The rows to draw; a few more than are seen, and never more than `MOST_ROWS`. */
export function partInSight({ rows, rowHeight, top, height }: Sight): Part {
  const seen = Math.min(Math.ceil(height / rowHeight) + 1, MOST_ROWS - 2 * SPARE);
  const first = Math.max(0, Math.min(Math.floor(top / rowHeight) - SPARE, rows - seen));
  return { first, end: Math.min(rows, first + seen + 2 * SPARE) };
}

/** The pages of `size` rows that a part touches. */
export function pagesOf({ first, end }: Part, size: number): readonly number[] {
  if (end <= first) return [];
  const from = Math.floor(first / size);
  const to = Math.floor((end - 1) / size);
  return Array.from({ length: to - from + 1 }, (_, index) => from + index);
}

/** How far to scroll so that a row is seen whole; where it is seen already, nothing moves. */
export function scrolledTo(row: number, { rowHeight, top, height }: Sight): number {
  const above = row * rowHeight;
  if (above < top) return above;
  return above + rowHeight > top + height ? above + rowHeight - height : top;
}

/** Where a key leads from a row; undefined: the key is not for the list. */
export function rowAfter(key: string, at: number, { rows, rowHeight, height }: Sight): number | undefined {
  const page = Math.max(1, Math.floor(height / rowHeight) - 1);
  const steps: Readonly<Record<string, number>> = {
    ArrowDown: at + 1,
    ArrowUp: at - 1,
    PageDown: at + page,
    PageUp: at - page,
    Home: 0,
    End: rows - 1,
  };
  const wanted = steps[key];
  return wanted === undefined ? undefined : Math.max(0, Math.min(rows - 1, wanted));
}
