/** A log as it is drawn: its lines without those that closed groups hide. */
export interface LogRows {
  readonly length: number;
  /** The number of the line in a row; rows count from 0. */
  readonly lineAt: (row: number) => number;
  /** The row of a line, or of the group that hides it. */
  readonly rowOf: (line: number) => number;
}

/** The lines of a group: those behind its first line, to its last. */
export interface Group {
  readonly first: number;
  readonly last: number;
}

const START = /^(?:\d{4}-\d\d-\d\dT[\d:.]+Z ?)?##\[group\]/;
const END = /^(?:\d{4}-\d\d-\d\dT[\d:.]+Z ?)?##\[endgroup\]/;

/** The groups of lines that are all read, outermost first; one without an end is none. */
export function groupsOf(lines: readonly string[]): readonly Group[] {
  const open: number[] = [];
  const groups: Group[] = [];
  for (const [index, line] of lines.entries()) {
    if (!line.includes('##[')) continue;
    if (START.test(line)) open.push(index + 1);
    else if (END.test(line)) {
      const first = open.pop();
      if (first !== undefined) groups.push({ first, last: index + 1 });
    }
  }
  return groups.toSorted((left, right) => left.first - right.first);
}

/** The rows of a log of so many lines, with the groups closed whose first lines are named. */
export function logRows(count: number, groups: readonly Group[], closed: ReadonlySet<number>): LogRows {
  const hidden = hiddenRanges(groups, closed);
  const gone = hidden.reduce((sum, { first, last }) => sum + last - first, 0);
  return {
    length: count - gone,
    lineAt: (row) => {
      let line = row + 1;
      for (const { first, last } of hidden) {
        if (line <= first) break;
        line += last - first;
      }
      return line;
    },
    rowOf: (line) => {
      let row = line - 1;
      for (const { first, last } of hidden) {
        if (line <= first) break;
        row -= Math.min(line, last) - first;
      }
      return row;
    },
  };
}

/** The closed groups that lie in no other closed one, in order. */
function hiddenRanges(groups: readonly Group[], closed: ReadonlySet<number>): readonly Group[] {
  const ranges: Group[] = [];
  for (const group of groups) {
    const inside = ranges.at(-1);
    const covered = inside !== undefined && group.first <= inside.last;
    if (closed.has(group.first) && !covered) ranges.push(group);
  }
  return ranges;
}
