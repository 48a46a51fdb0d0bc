import { MAX_EFFORT, newEffort } from '@signalbox/expressions';
import type { Effort } from '@signalbox/expressions';
import { MAX_EXPANDED_CHARACTERS, MAX_EXPANDED_NODES, MAX_FAILED_EVALUATIONS } from '../limits.ts';
import type { Report } from '../diagnostics.ts';
import type { Span } from '../read/source-file.ts';

/** What an expansion may still build. Once it is spent, walkers stop where they are. */
export interface Budget {
  /** False when there was not enough left; the first time it is reported. */
  charge(nodes: number, characters: number, at: Span): boolean;
  /** What expressions may still look at; they lower it themselves. */
  readonly effort: Effort;
  /** Counts an expression that failed; after too many, which are reported, everything stops. */
  failed(): void;
  /** Reports that the effort is used up, and stops. */
  exhausted(at: Span): void;
  /** True when nothing more is built. */
  spent(): boolean;
  /** Stops everything, after another report. */
  stop(): void;
}

const EXHAUSTED = `The expressions of the pipeline look at more than ${MAX_EFFORT} entries.`;

/** The budget of one compilation: it catches fan-outs of templates and loops in loops (TPL-25, REC-155). */
export function newBudget(report: Report): Budget {
  let nodes = MAX_EXPANDED_NODES;
  let characters = MAX_EXPANDED_CHARACTERS;
  let failures = 0;
  let spent = false;
  return {
    charge(moreNodes, moreCharacters, at) {
      nodes -= moreNodes;
      characters -= moreCharacters;
      if (spent || (nodes >= 0 && characters >= 0)) return !spent;
      spent = true;
      const message = `The pipeline grows beyond ${MAX_EXPANDED_NODES} values or ${MAX_EXPANDED_CHARACTERS} characters here.`;
      report('expansion-too-large', at, message);
      return false;
    },
    effort: newEffort(),
    exhausted(at) {
      if (!spent) report('expansion-too-large', at, EXHAUSTED);
      spent = true;
    },
    failed() {
      if (++failures >= MAX_FAILED_EVALUATIONS) spent = true;
    },
    spent: () => spent,
    stop() {
      spent = true;
    },
  };
}
