import { formatDiagnostics } from '@signalbox/compiler';
import { checkRoot } from './check-root.ts';
import type { RootOutcome } from './check-root.ts';
import { CONTRADICTING_PEERS } from './contradicting-peers.ts';
import { FAULT_KINDS } from './faults/fault.ts';
import { plantFaults } from './faults/plant.ts';
import type { Planted } from './faults/plant.ts';
import { peerCases } from './peer-cases.ts';
import { disagreement } from './peer-verdict.ts';
import { nameOf, realRoots } from './real-roots.ts';

/** What one part of the corpus came to: lines to print, and whether it is as it must be. */
export interface Figures {
  readonly lines: readonly string[];
  readonly good: boolean;
}

/** Compiles all real roots, and their expanded YAML again. */
export async function rootFigures(): Promise<Figures> {
  const started = performance.now();
  const outcomes = new Map<string, RootOutcome>();
  for (const root of realRoots()) outcomes.set(nameOf(root), await checkRoot(root, true));
  const seconds = ((performance.now() - started) / 1000).toFixed(1);
  const count = (kind: RootOutcome['kind']): number =>
    [...outcomes.values()].filter((one) => one.kind === kind).length;
  const lines = [
    `${outcomes.size} real root pipelines, compiled and their expanded YAML compiled again in ${seconds} s`,
    `  compiled, the same plan again   ${count('compiled')}`,
    `  compiled, another plan again    ${count('not idempotent')}`,
    `  refused as by the service       ${count('rightly refused')}`,
    `  refused falsely                 ${count('falsely refused')}`,
    ...[...outcomes].flatMap(([name, outcome]) =>
      outcome.kind === 'compiled' ? [] : [story(name, outcome)],
    ),
  ];
  return { lines, good: count('falsely refused') === 0 && count('not idempotent') === 0 };
}

function story(name: string, outcome: Exclude<RootOutcome, { kind: 'compiled' }>): string {
  return outcome.kind === 'falsely refused'
    ? `  ${name}: FALSE\n${formatDiagnostics(outcome.errors)}`
    : `  ${name}: ${outcome.kind}: ${outcome.why}`;
}

/** Plays all cases of other tools. */
export async function peerFigures(): Promise<Figures> {
  const cases = peerCases();
  const wrong: string[] = [];
  const listed: string[] = [];
  for (const one of cases) {
    const found = await disagreement(one);
    const rule = CONTRADICTING_PEERS[one.id];
    if (found !== undefined && rule !== undefined) listed.push(`  ${one.id}: ${rule}`);
    else if (found !== undefined) wrong.push(`  ${one.id}: WRONG: ${found}`);
  }
  const agree = cases.length - wrong.length - listed.length;
  const head = `${cases.length} cases of other tools: ${agree} turn out as they say, ${listed.length} contradict a rule`;
  return { lines: [head, ...listed, ...wrong], good: wrong.length === 0 && listed.length <= 30 };
}

/** Plants faults, one at a time, into roots that compile. */
export async function faultFigures(count: number, seed: number): Promise<Figures> {
  const planted = await plantFaults(realRoots(), count, seed);
  const row = (name: string, all: readonly Planted[]): string => {
    const refused = all.filter((one) => one.refused).length;
    const located = all.filter((one) => one.located).length;
    return `  ${name.padEnd(20)}${[all.length, refused, located].map((one) => String(one).padStart(9)).join('')}`;
  };
  const missed = planted.filter(({ located }) => !located);
  const lines = [
    `${planted.length} faults planted one at a time, seed ${seed}`,
    `  ${'kind'.padEnd(20)}  planted  refused  at line`,
    ...FAULT_KINDS.map((kind) =>
      row(
        kind,
        planted.filter((one) => one.kind === kind),
      ),
    ),
    row('all', planted),
    ...missed.map(({ kind, root, fault: { file, line, note }, errors }) => {
      const found = errors.length === 0 ? 'ACCEPTED' : errors.slice(0, 3).join(', ');
      return `  ${kind} in ${root}, ${file}:${line} (${note}): ${found}`;
    }),
  ];
  const refused = planted.filter((one) => one.refused).length;
  const enough = planted.length === count && refused >= count * 0.99;
  return { lines, good: enough && count - missed.length >= count * 0.95 };
}
