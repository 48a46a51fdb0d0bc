import { layersOf } from './layers.ts';

/** A box to place. */
export interface Box {
  readonly width: number;
  readonly height: number;
  /** Positions of the boxes that stand before it. */
  readonly after: readonly number[];
}

/** A point; x grows to the right, y downwards. */
export interface Point {
  readonly x: number;
  readonly y: number;
}

/** Where everything is. */
export interface Layout {
  /** The upper left corner of each box, in their order. */
  readonly corners: readonly Point[];
  /** For each dependency the points that its line runs through. */
  readonly lines: readonly (readonly Point[])[];
  readonly width: number;
  readonly height: number;
}

/** Distances between columns and between boxes of a column. */
const COLUMN_GAP = 56;
const ROW_GAP = 18;
/** Passes over the columns to put boxes near their neighbours; more change little. */
const SWEEPS = 4;

/** A box, or a place where a line passes through a column (`box` undefined). */
interface Cell {
  readonly box: number | undefined;
  readonly column: number;
  readonly before: number[];
  readonly behind: number[];
  y: number;
}

/** Places boxes in columns by layer, from left to right, so that lines seldom cross and never run through boxes. */
export function layOut(boxes: readonly Box[]): Layout {
  const layers = layersOf(boxes.map(({ after }) => after));
  const cells: Cell[] = boxes.map((_, box) => ({
    box,
    column: layers[box] ?? 0,
    before: [],
    behind: [],
    y: 0,
  }));
  const routes = boxes.flatMap(({ after }, to) => after.map((from) => route(cells, from, to)));
  const columns = Array.from({ length: Math.max(0, ...layers) + 1 }, (_, column) =>
    [...cells.keys()].filter((index) => cells[index]?.column === column),
  );
  const heightOf = (index: number): number => boxes[cells[index]?.box ?? -1]?.height ?? 0;
  for (let sweep = 0; sweep < SWEEPS; sweep++) arrange(columns, cells, sweep % 2 === 0 ? 'before' : 'behind');
  const height = stack(columns, cells, heightOf);
  const { lefts, widths, width } = columnPlaces(columns, cells, boxes);
  const corner = (cell: Cell | undefined): Point => ({ x: lefts[cell?.column ?? 0] ?? 0, y: cell?.y ?? 0 });
  const lines = routes.map((indices) =>
    indices.flatMap((index, at) => {
      const { x, y } = corner(cells[index]);
      const middle = y + heightOf(index) / 2;
      const box = boxes[cells[index]?.box ?? -1];
      if (box === undefined)
        return [
          { x, y: middle },
          { x: x + (widths[cells[index]?.column ?? 0] ?? 0), y: middle },
        ];
      return [{ x: at === 0 ? x + box.width : x, y: middle }];
    }),
  );
  return { corners: boxes.map((_, index) => corner(cells[index])), lines, width, height };
}

/** Cells for a line's way through the columns between its ends. */
function route(cells: Cell[], from: number, to: number): readonly number[] {
  const start = cells[from]?.column ?? 0;
  const end = cells[to]?.column ?? 0;
  const way = [from];
  for (let column = start + 1; column < end; column++) {
    way.push(cells.push({ box: undefined, column, before: [], behind: [], y: 0 }) - 1);
  }
  way.push(to);
  for (const [at, index] of way.entries()) {
    const next = way[at + 1];
    if (next === undefined) continue;
    cells[index]?.behind.push(next);
    cells[next]?.before.push(index);
  }
  return way;
}

/** Sorts each column by where the neighbours on one side stand on average. */
function arrange(columns: number[][], cells: readonly Cell[], side: 'before' | 'behind'): void {
  const rank = new Map<number, number>();
  for (const column of columns) for (const [at, index] of column.entries()) rank.set(index, at);
  for (const column of side === 'before' ? columns : columns.toReversed()) {
    const weight = new Map(
      column.map((index, at) => {
        const near = cells[index]?.[side] ?? [];
        const sum = near.reduce((total, one) => total + (rank.get(one) ?? 0), 0);
        return [index, near.length === 0 ? at : sum / near.length];
      }),
    );
    column.sort((left, right) => (weight.get(left) ?? 0) - (weight.get(right) ?? 0));
    for (const [at, index] of column.entries()) rank.set(index, at);
  }
}

/** Gives every cell its height; columns are centred. Returns the height of all. */
function stack(
  columns: readonly (readonly number[])[],
  cells: readonly Cell[],
  heightOf: (index: number) => number,
): number {
  const heights = columns.map((column) =>
    column.reduce((sum, index) => sum + heightOf(index) + ROW_GAP, -ROW_GAP),
  );
  const height = Math.max(0, ...heights);
  for (const [at, column] of columns.entries()) {
    let y = (height - (heights[at] ?? 0)) / 2;
    for (const index of column) {
      const cell = cells[index];
      if (cell !== undefined) cell.y = y;
      y += heightOf(index) + ROW_GAP;
    }
  }
  return height;
}

function columnPlaces(
  columns: readonly (readonly number[])[],
  cells: readonly Cell[],
  boxes: readonly Box[],
): { readonly lefts: readonly number[]; readonly widths: readonly number[]; readonly width: number } {
  const widths = columns.map((column) =>
    Math.max(0, ...column.map((index) => boxes[cells[index]?.box ?? -1]?.width ?? 0)),
  );
  const lefts: number[] = [];
  let x = 0;
  for (const width of widths) {
    lefts.push(x);
    x += width + COLUMN_GAP;
  }
  return { lefts, widths, width: Math.max(0, x - COLUMN_GAP) };
}
