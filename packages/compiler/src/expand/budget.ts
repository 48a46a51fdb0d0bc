import { MAX_EXPANDED_CHARACTERS, MAX_EXPANDED_NODES } from '../limits.ts';
import type { Report } from '../diagnostics.ts';
import type { Span } from '../read/source-file.ts';

/** What an expansion may still build. Once it is spent, walkers stop where they are. */
export interface Budget {
  /** False when there was not enough left; the first time it is reported. */
  charge(nodes: number, characters: number, at: Span): boolean;
  /** True when nothing more is built. */
  spent(): boolean;
  /** Stops everything, after another report. */
  stop(): void;
}

/** The budget of one compilation: it catches fan-outs of templates and loops in loops (TPL-25, REC-155). */
export function newBudget(report: Report): Budget {
  let nodes = MAX_EXPANDED_NODES;
  let characters = MAX_EXPANDED_CHARACTERS;
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
    spent: () => spent,
    stop() {
      spent = true;
    },
  };
}
