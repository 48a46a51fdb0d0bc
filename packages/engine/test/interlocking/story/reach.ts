import type { InterlockingMessage, Mail } from '@signalbox/engine';
import { fold, type SpanEnd } from '@signalbox/model';
import type { Cast } from './cast.ts';
import { resourcesOf } from './request-verbs.ts';

type LocksRequested = Extract<InterlockingMessage, { type: 'LocksRequested' }>;

/** What a run says when it is asked what it can reach: its request once more, with what its plan still holds. */
export function reachingRequest(cast: Cast, asked: LocksRequested, mail: Mail): LocksRequested | undefined {
  if (mail.to.kind !== 'run' || mail.body.type !== 'SpanWanted') return undefined;
  const { until: wanted } = mail.body;
  const { run, stage } = asked.requester;
  const plan = Object.entries(cast.planOf(run)).map(([name, words]) => stageOf(name, words));
  const toCome = plan.filter(({ name }) => fold(name) !== fold(stage) && !isOver(cast, run, name));
  const until = untilOf(wanted, (name) => toCome.some((one) => fold(one.name) === fold(name)));
  const ancestors = ancestorsIn(plan);
  const isInside = (name: string): boolean =>
    until === 'run' || !until.every((end) => ancestors(name).has(fold(end)));
  const stages = toCome
    .filter(({ name, resources, ownLock }) => isInside(name) && (ownLock || resources.length > 0))
    .map(({ name, resources, ownLock }) => ({ stage: name, ownLock, resources }));
  return { ...asked, reach: { asked: wanted, until, stages } };
}

function untilOf(wanted: SpanEnd, isToCome: (stage: string) => boolean): SpanEnd {
  return wanted === 'run' ? wanted : wanted.filter(isToCome);
}

interface Planned {
  readonly name: string;
  readonly ownLock: boolean;
  readonly resources: LocksRequested['resources'];
  readonly after: readonly string[];
}

/** `prod, db after Deploy, Test`. */
function stageOf(name: string, words: string): Planned {
  const [locks = '', after = ''] = words.split(/ *after /);
  return {
    name,
    ownLock: locks.split(/, */).includes('own'),
    resources: resourcesOf(locks),
    after: after.split(/, */).filter((one) => one !== ''),
  };
}

function ancestorsIn(plan: readonly Planned[]): (name: string) => ReadonlySet<string> {
  const of = (name: string): ReadonlySet<string> => {
    const { after = [] } = plan.find((one) => fold(one.name) === fold(name)) ?? {};
    return new Set(after.flatMap((one) => [fold(one), ...of(one)]));
  };
  return of;
}

/** A stage that has its locks, or is over, asks no more. */
function isOver({ rows }: Cast, run: number, stage: string): boolean {
  return [...rows.bundles.values()].some(
    ({ requester, status }) =>
      requester.run === run &&
      fold(requester.stage) === fold(stage) &&
      status !== 'queued' &&
      status !== 'expected',
  );
}
