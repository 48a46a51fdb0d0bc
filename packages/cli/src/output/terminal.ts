import { createInterface } from 'node:readline';
import { text } from 'node:stream/consumers';

/** Where a command reads and writes; the process's own streams, or a test's. */
export interface Terminal {
  /** What was asked for; may be piped on. */
  out(text: string): void;
  /** Progress, warnings and errors. */
  err(text: string): void;
  /** The whole standard input. */
  input(): Promise<string>;
  /** The answer of the person at the terminal; undefined when nobody is there to ask. */
  ask(question: string): Promise<string | undefined>;
  /** True when `out` is a person's terminal: colours and live redraw are welcome. */
  readonly interactive: boolean;
  /** Characters in a line. */
  readonly columns: number;
}

/** The process's streams. `NO_COLOR` and `TERM=dumb` count as not interactive. */
export function processTerminal(): Terminal {
  const plain = process.env['NO_COLOR'] !== undefined || process.env['TERM'] === 'dumb';
  return {
    out: (text) => void process.stdout.write(text),
    err: (text) => void process.stderr.write(text),
    input: () => text(process.stdin),
    ask,
    interactive: process.stdout.isTTY && !plain,
    columns: process.stdout.columns ?? 100,
  };
}

/** Ctrl-C and Ctrl-D are no answer either. */
function ask(question: string): Promise<string | undefined> {
  if (!process.stdin.isTTY || !process.stderr.isTTY) return Promise.resolve(undefined);
  const lines = createInterface({ input: process.stdin, output: process.stderr });
  return new Promise((resolve) => {
    lines.once('close', () => resolve(undefined));
    lines.question(question, (answer) => {
      resolve(answer);
      lines.close();
    });
  });
}
