import type { LockView, WhatIfQuestion } from '@signalbox/api';
import type { LockBehavior } from '@signalbox/model';
import type { Board } from '../board.ts';
import { requestName } from '../lock-acts.ts';
import { runName } from '../board.ts';

/** What the what-if panel of a lock can be asked about. */
export type WhatIfTopic = 'capacity' | 'behavior' | 'freeze' | 'unfreeze' | 'cancel' | 'approve';

/** A choice of the panel, and the question that it asks. */
export interface WhatIfChoice {
  readonly value: string;
  readonly label: string;
  readonly question: WhatIfQuestion;
}

/** A topic with its choices. */
export interface TopicChoices {
  readonly topic: WhatIfTopic;
  readonly label: string;
  readonly choices: readonly WhatIfChoice[];
}

/** So many runs are offered to be cancelled; the others have their own page. */
const RUNS = 50;
const CAPACITIES = [1, 2, 3, 4, 5, 10];
const BEHAVIORS: Readonly<Record<LockBehavior, string>> = {
  sequential: 'every run got its turn',
  runLatest: 'the newest run went next',
  branchRunLatest: 'the newest run of each branch went next',
  parallel: 'nobody waited',
};

/** What can be asked of a lock now; topics without a choice are left out. */
export function whatIfTopics(lock: LockView, on: Board): readonly TopicChoices[] {
  const topics: readonly TopicChoices[] = [
    { topic: 'capacity', label: 'more or fewer could hold it', choices: capacities(lock) },
    { topic: 'behavior', label: 'the line worked otherwise', choices: behaviors(lock) },
    lock.freeze === undefined
      ? {
          topic: 'freeze',
          label: 'it were frozen',
          choices: [{ value: 'freeze', label: 'now, for everybody', question: { freeze: {} } }],
        }
      : {
          topic: 'unfreeze',
          label: 'the freeze ended',
          choices: [{ value: 'unfreeze', label: 'now', question: { unfreeze: true } }],
        },
    { topic: 'cancel', label: 'a run were cancelled', choices: cancels(lock, on) },
    { topic: 'approve', label: 'a run were approved', choices: approvals(lock, on) },
  ];
  return topics.filter(({ choices }) => choices.length > 0);
}

function capacities({ policy }: LockView): readonly WhatIfChoice[] {
  return CAPACITIES.filter((capacity) => capacity !== policy.capacity).map((capacity) => ({
    value: String(capacity),
    label: `${capacity} at a time`,
    question: { policy: { capacity } },
  }));
}

function behaviors({ policy }: LockView): readonly WhatIfChoice[] {
  return (Object.keys(BEHAVIORS) as readonly LockBehavior[])
    .filter((behavior) => behavior !== policy.behavior)
    .map((behavior) => ({ value: behavior, label: BEHAVIORS[behavior], question: { policy: { behavior } } }));
}

function cancels(lock: LockView, on: Board): readonly WhatIfChoice[] {
  const here = [...lock.holders, ...lock.waiters].filter(({ caller }) => caller === undefined);
  const named = new Map<number, string>(here.map((one) => [one.runId, requestName(one)]));
  for (const { runId, definitionName } of lock.expected)
    if (!named.has(runId)) named.set(runId, `${definitionName} ${runName(on, runId)}`);
  return [...named].slice(0, RUNS).map(([run, label]) => ({
    value: String(run),
    label,
    question: { cancelRun: run },
  }));
}

/** Stages that ask for an approval of what the lock guards, or of the lock's own stage. */
function approvals(lock: LockView, on: Board): readonly WhatIfChoice[] {
  return [...on.runs.values()].flatMap((run) =>
    run.stages
      .filter(({ approvals: open = [] }) => open.some(({ resource }) => resource === lock.name))
      .map(({ name, displayName }) => ({
        value: `${run.id}/${name}`,
        label: `${run.definition.name} ${run.number}, ${displayName}`,
        question: { approve: { runId: run.id, stage: name } },
      })),
  );
}
