/** Height of a row in CSS pixels; `log.css` says the same. */
export const ROW = 24;

/** At most this many rows are in the document, however long the log is. */
export const MOST_ROWS = 60;

/**
 * Browsers end a box at some ten million pixels. A longer log has a box of this height, and the scroll bar counts
 * rows instead of pixels.
 */
const TALLEST = 8_000_000;

/** How a log of so many rows is laid out in a box of a height. */
export interface LogWindow {
  /** Height of the scrolled content in pixels. */
  readonly height: number;
  /** The row, with its fraction, at the upper edge when the box is scrolled so far. */
  readonly rowAt: (scrollTop: number) => number;
  /** How far the box is scrolled when this row is at the upper edge. */
  readonly scrollTo: (row: number) => number;
  /** Whether pixels and rows go together; otherwise wheels have to be counted in rows. */
  readonly exact: boolean;
}

/** Lays out `rows` rows in a box of `view` pixels. */
export function logWindow(rows: number, view: number): LogWindow {
  const whole = rows * ROW;
  const exact = whole <= TALLEST;
  const height = exact ? whole : TALLEST;
  const lastTop = Math.max(0, rows - view / ROW);
  const range = Math.max(1, height - view);
  return {
    height,
    exact,
    rowAt: (top) => (exact ? top / ROW : (Math.min(range, Math.max(0, top)) / range) * lastTop),
    scrollTo: (row) => {
      const wanted = Math.min(lastTop, Math.max(0, row));
      return exact ? wanted * ROW : lastTop === 0 ? 0 : (wanted / lastTop) * range;
    },
  };
}

/** The rows to draw when `top` is at the upper edge: a few more than fit, and never too many. */
export function rowsDrawn(
  rows: number,
  top: number,
  view: number,
): { readonly from: number; readonly to: number } {
  const fit = Math.min(MOST_ROWS, Math.ceil(view / ROW) + 1);
  const spare = Math.min(8, Math.floor((MOST_ROWS - fit) / 2));
  const from = Math.max(0, Math.floor(top) - spare);
  return { from, to: Math.min(rows, from + fit + 2 * spare) };
}
