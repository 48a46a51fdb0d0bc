import { spanProblem, type LockSpan } from '@signalbox/model';
import { InvalidArgumentError } from 'commander';

/** What `--span` means, for the help. */
export const SPAN_HELP = 'how long a grant lasts: stage, run, or through:PIPELINE=STAGE[,PIPELINE=STAGE]';

/** Reads a span as an option writes it: `stage`, `run`, `through:shop=Verify` (LOCK-65). */
export function spanOption(text: string): LockSpan {
  const [word, pairs] = text.split(/:(.*)/s);
  const entries = (pairs ?? '').split(',').map((pair) => pair.split(/=(.*)/s).slice(0, 2));
  const span = word === 'through' ? { through: Object.fromEntries(entries) as Record<string, string> } : text;
  if (spanProblem(span) === undefined) return span as LockSpan;
  throw new InvalidArgumentError('Write stage, run, or through:PIPELINE=STAGE.');
}
