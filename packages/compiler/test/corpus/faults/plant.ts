import { plantMisspeltFunction, plantUnknownRead, plantWrongArity } from './expression-faults.ts';
import { FAULT_KINDS } from './fault.ts';
import type { Fault, FaultKind, Planter } from './fault.ts';
import { plantCycle, plantDuplicateName, plantUnknownDependency } from './graph-faults.ts';
import { plantMisplacedKey, plantUnknownKey, plantWrongType } from './key-faults.ts';
import { Random } from './random.ts';
import type { RealRoot } from '../real-roots.ts';
import { subjectOf, trial } from './subject.ts';
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

/** Plants faults, one at a time and a few in each root, until there are enough; the same ones for the same seed. */
export async function plantFaults(
  roots: readonly RealRoot[],
  count: number,
  seed: number,
): Promise<readonly Planted[]> {
  const random = new Random(seed);
  const planted: Planted[] = [];
  const perRoot = Math.max(1, Math.ceil((count * 1.3) / roots.length));
  const rare = (): readonly FaultKind[] =>
    random.shuffled(FAULT_KINDS).toSorted((one, other) => countOf(planted, one) - countOf(planted, other));
  for (let round = 0; round < 5; round++) {
    for (const root of random.shuffled(roots)) {
      if (planted.length >= count) return planted;
      const subject = await subjectOf(root);
      if (subject === undefined) continue;
      let left = Math.min(perRoot, count - planted.length);
      for (const kind of rare()) {
        if (left === 0) break;
        const planters = random.shuffled(PLANTERS[kind]);
        const one = await plantOne(subject, kind, planters, random);
        if (one === undefined) continue;
        planted.push(one);
        left--;
      }
    }
  }
  return planted;
}

async function plantOne(
  subject: NonNullable<Awaited<ReturnType<typeof subjectOf>>>,
  kind: FaultKind,
  planters: readonly Planter[],
  random: Random,
): Promise<Planted | undefined> {
  for (const planter of planters) {
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
