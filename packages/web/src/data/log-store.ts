/** Reads lines of a log, counted from 1; with `end` both ends are included, without it to the last there is. */
export type ReadLines = (start: number, end?: number) => Promise<readonly string[]>;

/** Lines are asked for in blocks of this size. */
export const BLOCK = 1000;

/** At most this many blocks are kept: a log of any length needs the memory of these. */
const KEPT = 80;

/** The lines of a log as they are read: those that are in sight, and those that come to the end. */
export interface LogStore {
  /** How many lines there are, as far as is known. */
  readonly count: () => number;
  /** A line by its number; `undefined` while it is not read. */
  readonly line: (number: number) => string | undefined;
  /** Says that the log has so many lines. */
  readonly grow: (count: number) => void;
  /** Asks for the lines from `first` to `last`, as far as they are not here; they are told through `subscribe`. */
  readonly want: (first: number, last: number) => Promise<void>;
  /** Asks for what came to the end since. */
  readonly tail: () => Promise<void>;
  /** Changes with every line that comes. */
  readonly version: () => number;
  readonly subscribe: (listener: () => void) => () => void;
}

/** Makes the store of one log; blocks that were not looked at for long are let go. */
export function createLogStore(read: ReadLines): LogStore {
  const blocks = createBlocks();
  const asked = new Map<number, Promise<void>>();
  const listeners = new Set<() => void>();
  let count = 0;
  let version = 0;

  const changed = (): void => {
    version += 1;
    for (const listener of listeners) listener();
  };
  const readBlock = async (block: number): Promise<void> => {
    const start = block * BLOCK + 1;
    blocks.keep(block, await read(start, Math.min(count, start + BLOCK - 1)));
    changed();
  };
  const wantBlock = (block: number): Promise<void> => {
    const known = asked.get(block);
    if (known !== undefined) return known;
    const reading = readBlock(block).finally(() => asked.delete(block));
    asked.set(block, reading);
    return reading;
  };
  const isMissing = (block: number): boolean =>
    blocks.of(block).length < Math.min(BLOCK, count - block * BLOCK);
  return {
    count: () => count,
    line: (number) => blocks.of(Math.floor((number - 1) / BLOCK))[(number - 1) % BLOCK],
    grow: (known) => {
      if (known <= count) return;
      count = known;
      changed();
    },
    want: async (first, last) => {
      const from = Math.floor((Math.max(1, first) - 1) / BLOCK);
      const to = Math.floor((Math.min(count, last) - 1) / BLOCK);
      const wanted = Array.from({ length: Math.max(0, to - from + 1) }, (_, index) => from + index);
      await Promise.all(wanted.filter(isMissing).map(wantBlock));
    },
    tail: async () => {
      const lines = await read(count + 1);
      blocks.append(count, lines);
      count += lines.length;
      if (lines.length > 0) changed();
    },
    version: () => version,
    subscribe: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}

interface Blocks {
  /** The lines of a block; none where it is not here. */
  readonly of: (block: number) => readonly string[];
  readonly keep: (block: number, lines: readonly string[]) => void;
  /** Adds lines behind the first `count` of the log. */
  readonly append: (count: number, lines: readonly string[]) => void;
}

const NO_LINES: readonly string[] = [];

function createBlocks(): Blocks {
  const blocks = new Map<number, readonly string[]>();
  const of = (block: number): readonly string[] => blocks.get(block) ?? NO_LINES;
  const keep = (block: number, lines: readonly string[]): void => {
    blocks.delete(block);
    blocks.set(block, lines);
    for (const oldest of blocks.keys()) {
      if (blocks.size <= KEPT) break;
      blocks.delete(oldest);
    }
  };
  const append = (count: number, lines: readonly string[]): void => {
    let at = 0;
    while (at < lines.length) {
      const used = (count + at) % BLOCK;
      const block = (count + at - used) / BLOCK;
      const known = of(block);
      const part = lines.slice(at, at + BLOCK - used);
      // A block whose beginning was never read stays unread: it is asked for when somebody looks.
      if (known.length === used) keep(block, [...known, ...part]);
      at += part.length;
    }
  };
  return { of, keep, append };
}
