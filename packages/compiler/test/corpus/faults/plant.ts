import { plantMisspeltFunction, plantUnknownRead, plantWrongArity } from './expression-faults.ts';
import { FAULT_KINDS } from './fault.ts';
import type { Fault, FaultKind, Planter } from './fault.ts';
import { plantCycle, plantDuplicateName, plantUnknownDependency } from './graph-faults.ts';
import { plantMisplacedKey, plantUnknownKey, plantWrongType } from './key-faults.ts';
import { Random } from './random.ts';
import type { RealRoot } from '../real-roots.ts';
import { subjectOf, trial } from './subject.ts';
import type { Subject } from './subject.ts';
import {
  plantMissingParameter,
  plantMissingTemplate,
  plantUnknownParameter,
  plantWrongParameter,
} from './template-faults.ts';

/** The planters of each kind, the first that finds a place. */
const PLANTERS: Readonly<Record<FaultKind, readonly Planter[]>> = {
  'unknown key': [plantUnknownKey],
  'misplaced key': [plantMisplacedKey],
  'misspelt function': [plantMisspeltFunction],
  'wrong arity': [plantWrongArity],
  'unknown dependency': [plantUnknownDependency],
  cycle: [plantCycle],
  'duplicate name': [plantDuplicateName],
  'missing template': [plantMissingTemplate],
  'missing parameter': [plantMissingParameter],
  'unknown parameter': [plantUnknownRead, plantUnknownParameter],
  'wrong type': [plantWrongType, plantWrongParameter],
};

/** A planted fault and what became of it. */
export interface Planted {
  readonly kind: FaultKind;
  readonly root: string;
  readonly fault: Fault;
  readonly refused: boolean;
  /** True when an error stands at the line that is wrong. */
  readonly located: boolean;
  /** Where the errors stand, with their codes. */
  readonly errors: readonly string[];
}

/** Roots that are gone through at most so often: some have no place for most kinds. */
const ROUNDS = 5;

/** Plants faults, one at a time and a few in each root, until there are enough; the same ones for the same seed. */
export async function plantFaults(
  roots: readonly RealRoot[],
  count: number,
  seed: number,
): Promise<readonly Planted[]> {
  const random = new Random(seed);
  const planted: Planted[] = [];
  const perRoot = Math.max(4, Math.ceil((count * 1.3) / roots.length));
  for (let round = 0; round < ROUNDS; round++) {
    for (const root of random.shuffled(roots)) {
      if (planted.length >= count) return planted;
      // The kinds with fewest faults so far come first.
      const kinds = random.shuffled(FAULT_KINDS);
      const rare = kinds.toSorted((one, other) => countOf(planted, one) - countOf(planted, other));
      planted.push(...(await plantInto(root, rare, Math.min(perRoot, count - planted.length), random)));
    }
  }
  return planted;
}

/** Plants so many faults of different kinds into one root, fewer where it has no place for them. */
async function plantInto(
  root: RealRoot,
  kinds: readonly FaultKind[],
  count: number,
  random: Random,
): Promise<readonly Planted[]> {
  const planted: Planted[] = [];
  const subject = await subjectOf(root);
  if (subject === undefined) return planted;
  for (const kind of kinds) {
    if (planted.length === count) break;
    const one = await plantOne(subject, kind, random);
    if (one !== undefined) planted.push(one);
  }
  return planted;
}

async function plantOne(subject: Subject, kind: FaultKind, random: Random): Promise<Planted | undefined> {
  for (const planter of random.shuffled(PLANTERS[kind])) {
    const fault = await planter(subject, random);
    if (fault === undefined) continue;
    const { result } = await trial(subject, fault.file, fault.text);
    const errors = result.ok ? [] : result.diagnostics.filter(({ severity }) => severity === 'error');
    const located = errors.some(({ range }) => range.file === fault.file && range.line === fault.line);
    const shown = errors.map(({ code, range }) => `${range.file}:${range.line} ${code}`);
    return { kind, root: subject.name, fault, refused: !result.ok, located, errors: shown };
  }
  return undefined;
}

function countOf(planted: readonly Planted[], kind: FaultKind): number {
  return planted.filter((one) => one.kind === kind).length;
}
