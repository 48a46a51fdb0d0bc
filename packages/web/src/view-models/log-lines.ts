import type { Span } from './ansi.ts';
import { ansiSpans } from './ansi.ts';

/** What a line of a log is, after Azure's `##[…]` formatting commands. */
export type LineKind = 'plain' | 'section' | 'group' | 'command' | 'warning' | 'error' | 'debug';

/** One line of a log, ready to draw. */
export interface LogLine {
  readonly number: number;
  readonly kind: LineKind;
  /** `08:15:30`. */
  readonly time?: string;
  readonly spans: readonly Span[];
}

const TIME = /^(\d{4}-\d\d-\d\dT(\d\d:\d\d:\d\d)\.\d+Z) ?/;
const COMMAND = /^##\[(section|group|endgroup|command|warning|error|debug)\]/;

/** One line of a log, of a number. */
export function logLine(raw: string, number: number): LogLine {
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
