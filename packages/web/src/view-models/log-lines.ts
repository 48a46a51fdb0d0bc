import type { Span } from './ansi.ts';
import { ansiSpans } from './ansi.ts';

/** What a line of a log is, after Azure's `##[…]` formatting commands. */
export type LineKind = 'plain' | 'section' | 'group' | 'command' | 'warning' | 'error' | 'debug';

/** One line of a log, ready to draw. */
export interface LogLine {
  readonly number: number;
  readonly kind: LineKind;
  readonly time?: string;
  readonly spans: readonly Span[];
}

/** At most this many lines are drawn; a browser gets slow with more. */
export const LINES_SHOWN = 5000;

const TIME = /^(\d{4}-\d\d-\d\dT(\d\d:\d\d:\d\d)\.\d+Z) ?/;
const COMMAND = /^##\[(section|group|endgroup|command|warning|error|debug)\]/;

/** The last lines of a log; `first` is the number of the first line given. */
export function logLines(lines: readonly string[], first: number): readonly LogLine[] {
  const skipped = Math.max(0, lines.length - LINES_SHOWN);
  return lines.slice(skipped).map((line, index) => logLine(line, first + skipped + index));
}

function logLine(raw: string, number: number): LogLine {
  const time = TIME.exec(raw);
  const text = time === null ? raw : raw.slice(time[0].length);
  const command = COMMAND.exec(text);
  const rest = command === null ? text : text.slice(command[0].length);
  return {
    number,
    kind: kindOf(command?.[1]),
    spans: ansiSpans(rest),
    ...(time?.[2] === undefined ? {} : { time: time[2] }),
  };
}

const KINDS: readonly LineKind[] = ['section', 'group', 'command', 'warning', 'error', 'debug'];

function kindOf(word: string | undefined): LineKind {
  return KINDS.find((kind) => kind === word) ?? 'plain';
}
