import { fold, isRuntime, ownVariables, type Plan, type VariableEntry } from '@signalbox/model';
import type { CounterProvider } from '@signalbox/expressions';
import type { Refusal } from '../refusals.ts';
import { bornRun } from '../run/evolve.ts';
import { viewPlan, type PlanView } from '../run/plan-view.ts';
import type { RunIdentity, RunState } from '../run/state.ts';
import { countedKey, type LevelName } from '../run/values/counted.ts';
import { jobLevel, rootLevel, stageLevel, type Level } from '../run/values/scopes.ts';
import { withLevel } from '../run/values/variables.ts';

/** Longest prefix of a counter, in characters: it is the key of a row. */
const MAX_PREFIX_LENGTH = 255;
/** Most counters of one run: each is a row that its transaction reads and writes. */
const MAX_COUNTERS = 100;

/** The counters that a run moves, or what it takes to know them. */
export type Counting =
  /** These have not been read yet; ask again when they have. */
  | { readonly kind: 'needs'; readonly prefixes: readonly string[] }
  /** The run with the texts that its counters are part of, and the value of each prefix. */
  | { readonly kind: 'counted'; readonly identity: RunIdentity; readonly values: ReadonlyMap<string, number> }
  | { readonly kind: 'refused'; readonly refusal: Refusal };

/** The last value of a prefix; `none` before its first use. */
export type LastCount = number | 'none' | 'unread';

/**
 * Moves the counters of a new run, each once, however often the plan names its prefix (EXPR-50, EXPR-51). Variables
 * of stages and jobs count now, too, with what is known now; the run starts at its queue time for all of them.
 */
export function countRun(identity: RunIdentity, plan: Plan, lastOf: (prefix: string) => LastCount): Counting {
  const levels = countingLevels(plan);
  const tally = newTally(lastOf);
  const view = viewPlan(plan);
  let state: RunState = { ...bornRun(identity, plan), startTime: identity.queueTime };
  for (const ofKind of [levels.roots, levels.stages, levels.jobs]) {
    const texts = ofKind.flatMap((name) => countedTexts(levelAt(state, view, name), name, tally.counter));
    if (texts.length > 0) state = { ...state, counted: { ...state.counted, ...Object.fromEntries(texts) } };
  }
  const refusal = tally.refusal();
  if (refusal !== undefined) return { kind: 'refused', refusal };
  if (tally.unread.size > 0) return { kind: 'needs', prefixes: [...tally.unread] };
  const { counted } = state;
  const born = counted === undefined ? identity : { ...identity, counted };
  return { kind: 'counted', identity: born, values: tally.values };
}

interface Tally {
  readonly counter: CounterProvider;
  readonly values: ReadonlyMap<string, number>;
  readonly unread: ReadonlySet<string>;
  readonly refusal: () => Refusal | undefined;
}

function newTally(lastOf: (prefix: string) => LastCount): Tally {
  const values = new Map<string, number>();
  const unread = new Set<string>();
  let problem: string | undefined;
  const counter: CounterProvider = (prefix, seed) => {
    problem ??= prefixProblem(prefix);
    const last = problem === undefined ? lastOf(prefix) : 'unread';
    if (last === 'unread') {
      unread.add(prefix);
      return undefined;
    }
    const value = values.get(prefix) ?? (last === 'none' ? seed : last + 1);
    if (!Number.isSafeInteger(value)) problem ??= `The counter of '${prefix}' is too large.`;
    values.set(prefix, value);
    return value;
  };
  return { counter, values, unread, refusal: () => refusalOf(problem, values.size + unread.size) };
}

function refusalOf(problem: string | undefined, counters: number): Refusal | undefined {
  const many = `The run has ${counters} counters; at most ${MAX_COUNTERS} are allowed.`;
  const message = problem ?? (counters > MAX_COUNTERS ? many : undefined);
  return message === undefined ? undefined : { code: 'counter-invalid', message };
}

function prefixProblem(prefix: string): string | undefined {
  const shown = JSON.stringify(prefix.slice(0, 60));
  if (prefix.length > MAX_PREFIX_LENGTH)
    return `The prefix of a counter, ${shown}…, is longer than ${MAX_PREFIX_LENGTH} characters.`;
  // No database takes the character zero in a text.
  return prefix.includes('\0') ? `The prefix of a counter, ${shown}, has a character zero.` : undefined;
}

type Levels = Readonly<Record<'roots' | 'stages' | 'jobs', readonly LevelName[]>>;

/** The levels whose variables may count: few plans have one, and the scopes of the others need not be built. */
function countingLevels({ variables, stages }: Plan): Levels {
  return {
    roots: mentionCounter(variables) ? [{}] : [],
    stages: stages.filter((one) => mentionCounter(one.variables)).map(({ name }) => ({ stage: name })),
    jobs: stages.flatMap(({ name: stage, jobs }) =>
      jobs.filter((one) => mentionCounter(one.variables)).map(({ name: job }) => ({ stage, job })),
    ),
  };
}

function mentionCounter(entries: readonly VariableEntry[]): boolean {
  return ownVariables(entries).some(({ value }) => isRuntime(value) && /counter/i.test(value.expression));
}

/** The level as the first attempts see it. */
function levelAt(state: RunState, view: PlanView, { stage: name, job }: LevelName): Level | undefined {
  if (name === undefined) return rootLevel(state, view);
  const stage = view.stages.get(fold(name));
  if (job !== undefined) return jobLevel(state, view, { stage: name, stageAttempt: 1, job, jobAttempt: 1 });
  return stage === undefined ? undefined : stageLevel(state, view, stage);
}

function countedTexts(
  level: Level | undefined,
  name: LevelName,
  counter: CounterProvider,
): readonly (readonly [key: string, text: string])[] {
  if (level === undefined) return [];
  // The run has no number yet: it may be made of these counters.
  const unknown = new Set(level.known.unknown).add(fold('Build.BuildNumber'));
  const scope = withLevel({ ...level.known, unknown }, level.definitions, () => ({
    ...level.around(),
    counter,
  }));
  return [...scope.variables.values()]
    .filter(({ counted }) => counted === true)
    .map(({ name: variable, value }) => [countedKey(name, variable), value]);
}
