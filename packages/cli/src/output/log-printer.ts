import type { Context } from '../context.ts';
import type { ChosenStep } from './chosen-steps.ts';

/** Lines that are asked for at once, so that a log of gigabytes needs the memory of one page. */
const PAGE_LINES = 2000;

/** Prints logs as they grow: each line once, with a heading where another step goes on. */
export class LogPrinter {
  readonly #context: Context;
  readonly #project: string;
  readonly #run: number;
  readonly #lines = new Map<number, number>();
  #current: number | undefined;

  constructor(context: Context, project: string, run: number) {
    this.#context = context;
    this.#project = project;
    this.#run = run;
  }

  /** How many logs it has printed of. */
  get printed(): number {
    return this.#lines.size;
  }

  /** Prints what a log has that was not printed before. */
  async print({ log, title }: ChosenStep): Promise<void> {
    const { terminal } = this.#context;
    for (;;) {
      const before = this.#lines.get(log) ?? 0;
      const range = { startLine: before + 1, endLine: before + PAGE_LINES };
      const text = await this.#context.client().getLog(this.#project, this.#run, log, range);
      const count = text.split('\n').length - 1;
      if (!this.#lines.has(log) || (count > 0 && this.#current !== log)) {
        terminal.err(`== ${title} (log ${log})\n`);
        this.#current = log;
      }
      this.#lines.set(log, before + count);
      terminal.out(text);
      if (count < PAGE_LINES) return;
    }
  }
}
