import type { InterlockingMessage } from '@signalbox/engine';
import { KeptProject } from '../kept-project.ts';
import { tell, type Told } from '../history/index.ts';
import { LawWatch, lostWakeUps } from '../laws/index.ts';
import { Reference } from '../reference/reference.ts';
import { summaryOf } from '../reference/summary.ts';
import type { Coverage } from './coverage.ts';

/** A message, and when it came. */
interface Sent {
  readonly message: InterlockingMessage;
  readonly now: number;
}

/** A history that breaks a law, or that the reference decides otherwise. */
export class Disproof extends Error {
  /** Each a sentence that begins with the law's name, or with `reference`. */
  readonly broken: readonly string[];

  constructor(broken: readonly string[], log: readonly Sent[]) {
    const last = log.slice(-8).map(({ message, now }) => `${now} ${JSON.stringify(message)}`);
    super(`${broken.join('\n')}\nafter ${log.length} messages, the last of them\n${last.join('\n')}`);
    this.broken = broken;
  }
}

/** What is to be looked at. */
export interface Proof {
  /** False: not the laws, so that the reference is alone. */
  readonly laws?: boolean;
  /** Compare with the reference whenever the queue is at rest. */
  readonly reference?: boolean;
  readonly coverage?: Coverage;
}

/**
 * Tells a history to an interlocking and watches every law after every message, everything again at the end.
 * Answers how many messages it took; throws a `Disproof`.
 */
export function prove(told: Told, { laws = true, reference, coverage }: Proof): number {
  const project = new KeptProject();
  const watch = new LawWatch();
  const plain = reference ? new Reference() : undefined;
  const log: Sent[] = [];
  const check = (broken: readonly string[]): void => {
    if (broken.length > 0) throw new Disproof(broken, log);
  };
  // The reference does what is due at once; who decides waits for the mail that wakes it.
  const punctual = reference ? { ...told, crowd: { ...told.crowd, punctual: true } } : told;
  const history = tell(project, punctual, {
    before: (message, now) => {
      log.push({ message, now });
      plain?.handle(message, now);
    },
    after: (message, outcome, now) => {
      if (laws) check([...watch.seeOutcome(message, outcome, { now, everything: project.everything })]);
      coverage?.see(message, outcome, project.rows);
    },
    atRest: () => {
      // Not before: of two timers of one instant, the reference does both at the first.
      if (plain !== undefined) check(differences(summaryOf(project.rows), plain.summary()));
      for (const blockers of watch.reasons.values())
        for (const { kind } of blockers) coverage?.count('blocker', kind);
    },
  });
  for (const { status } of project.rows.bundles.values()) coverage?.count('status', status);
  if (!laws) return log.length;
  check(lostWakeUps(project.rows, history.now));
  if (JSON.stringify(rowsOf(project.stored())) !== JSON.stringify(rowsOf(watch.rows)))
    check(['LAW-4: what is stored is not what the journal says']);
  return log.length;
}

function rowsOf({ header, locks, bundles, expected }: LawWatch['rows']): readonly unknown[] {
  return [
    header,
    [...locks.values()],
    [...bundles.values()],
    [...expected.keys()].toSorted((a, b) => (a < b ? -1 : 1)),
  ];
}

function differences(real: readonly string[], plain: readonly string[]): readonly string[] {
  const broken: string[] = [];
  for (let index = 0; index < Math.max(real.length, plain.length); index += 1) {
    if (real[index] !== plain[index]) broken.push(`reference: ${plain[index]}, and not ${real[index]}`);
  }
  return broken;
}
