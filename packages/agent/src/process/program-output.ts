import type { LineSink } from './run-process.ts';
import type { SplitLine } from './line-splitter.ts';

/** Lines of the standard error that are kept to tell why a program failed. */
const ERROR_LINES = 40;

/** Where the shown lines of a program go. */
export interface PlainLog extends Omit<LineSink, 'line'> {
  plainLine(line: SplitLine): void;
}

/**
 * Takes what a program says that the agent runs for its own purposes: shown or not, and never read for logging
 * commands, because names and messages in it are others' texts (TH9).
 */
export class ProgramOutput implements LineSink {
  readonly #log: PlainLog;
  readonly #quiet: boolean;
  readonly #lines: string[] = [];
  readonly #errors: string[] = [];

  constructor(log: PlainLog, quiet: boolean) {
    this.#log = log;
    this.#quiet = quiet;
  }

  /** Its standard output. */
  get text(): string {
    return this.#lines.join('\n');
  }

  /** The last lines of its standard error. */
  get errors(): string {
    return this.#errors.join('\n');
  }

  line(line: SplitLine, pipe: 'stdout' | 'stderr'): void {
    if (pipe === 'stdout') this.#lines.push(line.text);
    else if (this.#errors.push(line.text) > ERROR_LINES) this.#errors.shift();
    if (!this.#quiet) this.#log.plainLine(line);
  }

  get congested(): boolean {
    return this.#log.congested;
  }

  drained(): Promise<void> {
    return this.#log.drained();
  }

  lineLimit(): number {
    return this.#log.lineLimit();
  }
}
