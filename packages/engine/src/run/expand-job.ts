import { isRuntime, type JobStrategy, type Value } from '@signalbox/model';
import { expandDeployment } from './expand-deployment.ts';
import type { Expanded } from './expanded-job.ts';
import { planOf } from './instance.ts';
import { MAX_LEGS } from './limits.ts';
import { readLegs } from './read-legs.ts';
import { textOf, type Reader } from './setting-text.ts';
import type { InstanceKey, JobLeg } from './state.ts';
import type { Turn } from './turn.ts';
import { jobScope, jobSurroundings } from './values/scopes.ts';

const PLAIN: Expanded = { ok: true };

/** Expands a job whose condition is true, once for the attempt (RUN-1, GAP-8); `key` is of the job as a whole. */
export function expandJob(turn: Turn, key: InstanceKey): Expanded {
  const { job } = planOf(turn, key);
  if (job.plan.kind === 'deployment') return expandDeployment(turn, key, job.plan, readerOf(turn, key));
  return job.plan.strategy === undefined ? PLAIN : multiplied(job.plan.strategy, readerOf(turn, key));
}

/** What the strategy may name: the job's variables as they are without a leg (YAML-36). */
function readerOf(turn: Turn, key: InstanceKey): Reader {
  const { stage, job } = planOf(turn, key);
  return {
    scope: jobScope(turn.state, turn.view, key),
    around: () => jobSurroundings(turn.state, turn.view, stage, job),
    problems: [],
  };
}

function multiplied(strategy: JobStrategy, read: Reader): Expanded {
  const expanded = strategy.kind === 'matrix' ? matrix(strategy, read) : parallel(strategy.count, read);
  const [problem] = read.problems;
  return problem === undefined ? expanded : { ok: false, message: problem };
}

/** MTX-1, MTX-2, MTX-8. */
function matrix({ legs, maxParallel }: Extract<JobStrategy, { kind: 'matrix' }>, read: Reader): Expanded {
  const found = isLater(legs) ? readLegs(textOf(legs, 'strategy.matrix', read)) : { ok: true as const, legs };
  if (!found.ok) return found;
  const most = maxParallel === undefined ? 0 : integerOf(maxParallel, 'strategy.maxParallel', read);
  if (found.legs.length === 0) return PLAIN;
  const atOnce = most > 0 ? Math.min(most, found.legs.length) : found.legs.length;
  return { ok: true, expansion: { kind: 'matrix', legs: found.legs, atOnce } };
}

function isLater(legs: readonly JobLeg[] | Value): legs is Value {
  return typeof legs === 'string' || isRuntime(legs);
}

/** Slices are named `Job1` … `JobN`, and shown by their number (MTX-4, NAME-8). */
function parallel(given: Value | number, read: Reader): Expanded {
  const count = integerOf(given, 'strategy.parallel', read);
  if (count <= 1) return PLAIN;
  if (count > MAX_LEGS) {
    return { ok: false, message: `The job has ${count} instances; ${MAX_LEGS} are allowed.` };
  }
  const legs = Array.from({ length: count }, (_, index) => ({
    name: `Job${index + 1}`,
    displayName: String(index + 1),
  }));
  return { ok: true, expansion: { kind: 'parallel', legs, atOnce: count } };
}

/** A whole number; an empty text is 0. */
function integerOf(value: Value | number, field: string, read: Reader): number {
  if (typeof value === 'number') return value;
  const text = textOf(value, field, read).trim();
  if (text === '') return 0;
  if (/^-?\d{1,9}$/.test(text)) return Number(text);
  read.problems.push(`The job's '${field}' is '${text.slice(0, 60)}', not a whole number.`);
  return 0;
}
