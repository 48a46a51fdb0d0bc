import type { RunView } from '@signalbox/api';
import { runTree } from './run-tree.ts';
import type { Terminal } from './terminal.ts';

/**
 * A run on the screen: redrawn in place on a person's terminal; elsewhere only the lines that changed,
 * so that a log of it can be read.
 */
export class LiveTree {
  readonly #terminal: Terminal;
  #height = 0;
  #seen = new Set<string>();

  constructor(terminal: Terminal) {
    this.#terminal = terminal;
  }

  show(run: RunView, now: number): void {
    const lines = runTree(run, now, this.#terminal.interactive);
    if (this.#terminal.interactive) this.#redraw(lines);
    else this.#append(runTree(withoutClock(run), now, false));
  }

  #redraw(lines: readonly string[]): void {
    const up = this.#height > 0 ? `\u001b[${this.#height}A\u001b[J` : '';
    this.#terminal.out(`${up}${lines.join('\n')}\n`);
    this.#height = lines.length;
  }

  #append(lines: readonly string[]): void {
    const fresh = lines.filter((line) => !this.#seen.has(line));
    for (const line of fresh) this.#seen.add(line);
    if (fresh.length > 0) this.#terminal.out(`${fresh.join('\n')}\n`);
  }
}

/** Elapsed times of what still runs would make every line new each time. */
function withoutClock(run: RunView): RunView {
  return JSON.parse(
    JSON.stringify(run, function (this: { finishTime?: string }, key, value: unknown) {
      return key === 'startTime' && this.finishTime === undefined ? undefined : value;
    }),
  ) as RunView;
}
