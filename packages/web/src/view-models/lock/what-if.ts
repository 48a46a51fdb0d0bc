import type {
  ConsequencesView,
  QueueChangeView,
  RequestChangeView,
  StageRef,
  WhatIfView,
} from '@signalbox/api';
import { fold } from '@signalbox/model';
import { counted } from '../names.ts';

/** One thing that would come of a change; the kind chooses the sign beside it. */
export interface Consequence {
  readonly kind: 'starts' | 'leaves' | 'moves' | 'keeps' | 'refused' | 'nothing';
  readonly text: string;
}

/** At most this many of one kind are told one by one. */
const TOLD = 5;

/** What would come of a change, in sentences, the weightiest first; there is always one at least. */
export function consequences(told: WhatIfView): readonly Consequence[] {
  if (told.refusal !== undefined)
    return [{ kind: 'refused', text: `It would be refused: ${told.refusal.message}` }];
  const keeps = told.keeps.map((one): Consequence => ({
    kind: 'keeps',
    text: keptText(one, one.protectedBy),
  }));
  const now = changes(told);
  const later = told.afterwards === undefined ? [] : afterwards(told.afterwards, now);
  const all = [...now, ...keeps, ...later];
  if (all.length === 0) return [{ kind: 'nothing', text: 'Nothing would change for those who wait now.' }];
  return told.bounded
    ? [...all, { kind: 'nothing', text: 'Only the first 500 in line were looked at.' }]
    : all;
}

/** A stage as a person names it: `shop-web 20261122.4, Deploy`. */
function stageName({ definitionName, runNumber, stage, attempt }: StageRef): string {
  return `${definitionName} ${runNumber}, ${stage}${attempt > 1 ? ` (attempt ${attempt})` : ''}`;
}

function changes({ requests, queues }: ConsequencesView): readonly Consequence[] {
  const granted = requests.filter(({ to }) => to === 'inUse');
  const others = requests.filter(({ to }) => to !== 'inUse');
  return [
    ...few('starts', granted, (one) => `${stageName(one)} would start at once.`, 'would start at once'),
    ...few('leaves', others, leavingText, 'would leave the line'),
    ...queues.flatMap((queue) => moved(queue, requests)),
  ];
}

function afterwards(later: ConsequencesView, now: readonly Consequence[]): readonly Consequence[] {
  const known = new Set(now.map(({ text }) => text));
  return changes(later)
    .filter(({ text }) => !known.has(text))
    .map(({ kind, text }) => ({ kind, text: `Afterwards: ${text}` }));
}

function few<T>(
  kind: Consequence['kind'],
  all: readonly T[],
  text: (one: T) => string,
  rest: string,
): readonly Consequence[] {
  const told = all.slice(0, TOLD).map((one): Consequence => ({ kind, text: text(one) }));
  if (all.length <= TOLD) return told;
  return [...told, { kind, text: `And ${counted(all.length - TOLD, 'more stage')} ${rest}.` }];
}

function leavingText(one: RequestChangeView): string {
  const name = stageName(one);
  if (one.supersededByRunId !== undefined) return `${name} would give way to a newer run.`;
  switch (one.to) {
    case 'canceled':
      return `${name} would be canceled.`;
    case 'timedOut':
      return `${name} would give up waiting.`;
    case 'finished':
    case 'abandoned':
      return `${name} would give the lock back.`;
    case 'expected':
    case 'queued':
    case 'waitingOnChecks':
    case 'inUse':
      return `${name} would wait in line.`;
  }
}

/** Who stands elsewhere in a line, of those who are in it before and after and did not only move up. */
function moved(queue: QueueChangeView, changed: readonly RequestChangeView[]): readonly Consequence[] {
  const gone = new Set(changed.map(keyOf));
  const stay = (line: readonly StageRef[]): readonly StageRef[] =>
    line.filter((one) => !gone.has(keyOf(one)));
  const [before, after] = [stay(queue.before).map(keyOf), stay(queue.after)];
  if (after.every((one, index) => before[index] === keyOf(one))) return [];
  const places = after.flatMap((one, index) => {
    const was = before.indexOf(keyOf(one));
    const earlier = was - index;
    return was < 0 || earlier === 0 ? [] : [{ one, was, is: index, by: Math.abs(earlier) }];
  });
  return places
    .toSorted((a, b) => b.by - a.by || a.is - b.is)
    .slice(0, TOLD)
    .map(({ one, was, is }) => ({
      kind: 'moves',
      text: `${stageName(one)} would be number ${is + 1} instead of ${was + 1} at ${queue.lockName}.`,
    }));
}

function keptText(one: StageRef, locks: readonly string[] | undefined): string {
  const until = `${stageName(one)} would keep the lock until it is over, clean-up included.`;
  return locks === undefined
    ? until
    : `${until} ${locks.join(' and ')} protects it from the cancel until then.`;
}

function keyOf({ runId, stage, attempt }: StageRef): string {
  return `${runId}/${attempt}/${fold(stage)}`;
}
