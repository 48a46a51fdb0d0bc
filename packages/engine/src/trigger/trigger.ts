import type { Instant, ProjectId } from '@signalbox/model';
import type { Birth, Handled, WorkingCopy } from '../aggregate.ts';
import { NOTHING, type Outcome, type Refusal } from '../outcome.ts';
import type { RunIdentity } from '../run/state.ts';
import { birthMail, numberInputs, refuseStages } from './create-run.ts';
import type { TriggerEvent } from './events.ts';
import { EMPTY_TRIGGER, evolveTrigger, revisionId, type TriggerRows } from './evolve.ts';
import type { TriggerMessage } from './messages.ts';
import type { TriggerAnswer, TriggerChange, TriggerNeed } from './rows.ts';
import { hasRevision, numberProblem, revisionKey, runNumber } from './run-number.ts';

/** The creator of a project's runs inside one unit of work. */
export function createTrigger(
  project: ProjectId,
): WorkingCopy<TriggerMessage, TriggerEvent, TriggerNeed, TriggerAnswer, TriggerChange> {
  const answered = new Set<string>();
  const events: TriggerEvent[] = [];
  let rows = EMPTY_TRIGGER;
  return {
    handle(message: TriggerMessage, now: Instant): Handled<TriggerEvent, TriggerNeed> {
      const first = (['header', 'lastRun'] as const).filter((need) => !answered.has(need));
      if (first.length > 0) return { kind: 'needs', needs: first.map((need) => ({ need })) };
      const draft = draftRun(project, rows, message, now);
      const revision = revisionNeed(draft, message);
      if (revision !== undefined && !answered.has(needKey(revision)))
        return { kind: 'needs', needs: [revision] };
      const { outcome, births } = createRun(rows, draft, message, revision?.key);
      for (const event of outcome.events) rows = evolveTrigger(rows, event);
      events.push(...outcome.events);
      return { kind: 'decided', outcome, births };
    },
    supply(answers: readonly TriggerAnswer[]): void {
      for (const answer of answers) {
        const key = needKey(answer.of);
        // A later answer is older than what this copy has decided since.
        if (!answered.has(key)) rows = withAnswer(rows, answer);
        answered.add(key);
      }
    },
    changes: () => changesOf(rows, events),
  };
}

/** Everything of a run but its number: its id is the next one, and queue times never fall (INV-41). */
function draftRun(project: ProjectId, rows: TriggerRows, message: TriggerMessage, now: Instant): RunIdentity {
  const { definition, projectName, planId, reason, branch, commit, commitMessage } = message;
  const { requestedBy, requestedFor, variables, parameters, stagesToSkip, defaultPool, pools, resources } =
    message;
  return {
    id: rows.lastRun + 1,
    project,
    projectName,
    definition,
    number: '',
    planId,
    reason,
    branch,
    commit,
    ...(commitMessage === undefined ? {} : { commitMessage }),
    requestedBy,
    requestedFor,
    // Never the same twice: with equal queue times, arrival at the lock would decide who deploys first (LAW-7).
    queueTime: Math.max(now, rows.header.lastQueueTime + 1),
    variables,
    ...(parameters === undefined ? {} : { parameters }),
    stagesToSkip,
    defaultPool,
    pools,
    resources,
  };
}

type RevisionNeed = Extract<TriggerNeed, { readonly need: 'revision' }>;

function revisionNeed(draft: RunIdentity, { plan }: TriggerMessage): RevisionNeed | undefined {
  const inputs = numberInputs(draft, plan);
  if (!hasRevision(inputs)) return undefined;
  return { need: 'revision', definition: draft.definition.id, key: revisionKey(inputs) };
}

interface Created {
  readonly outcome: Outcome<TriggerEvent>;
  readonly births: readonly Birth[];
}

function createRun(
  rows: TriggerRows,
  draft: RunIdentity,
  { plan }: TriggerMessage,
  key: string | undefined,
): Created {
  const { id: run, definition, queueTime: at } = draft;
  const last = key === undefined ? undefined : rows.revisions.get(revisionId(definition.id, key));
  const value = (last?.value ?? 0) + 1;
  const number = runNumber(numberInputs(draft, plan), value);
  const refusal = refuseStages(plan, draft.stagesToSkip) ?? refuseNumber(number);
  if (refusal !== undefined) return { outcome: { ...NOTHING, reply: { ok: false, refusal } }, births: [] };
  const birth: Birth = { identity: { ...draft, number }, plan };
  const event: TriggerEvent = {
    type: 'RunNumbered',
    run,
    definition: definition.id,
    at,
    number,
    ...(key === undefined ? {} : { revision: { key, value } }),
  };
  const reply = { ok: true, value: { run, number } } as const;
  return { outcome: { events: [event], mail: birthMail(birth), effects: [], reply }, births: [birth] };
}

function refuseNumber(number: string): Refusal | undefined {
  const problem = numberProblem(number);
  if (problem === undefined) return undefined;
  const shown = number.length > 300 ? `${number.slice(0, 300)}…` : number;
  return { code: 'run-number-invalid', message: `'${shown}' cannot be a run number: ${problem}.` };
}

function withAnswer(rows: TriggerRows, answer: TriggerAnswer): TriggerRows {
  switch (answer.of.need) {
    case 'header':
      return { ...rows, header: answer.header ?? rows.header };
    case 'lastRun':
      return { ...rows, lastRun: answer.lastRun ?? rows.lastRun };
    case 'revision': {
      const { definition, key } = answer.of;
      const row = { definition, key, value: answer.revision ?? 0 };
      return { ...rows, revisions: new Map(rows.revisions).set(revisionId(definition, key), row) };
    }
  }
}

function needKey(need: TriggerNeed): string {
  return need.need === 'revision' ? `revision ${revisionId(need.definition, need.key)}` : need.need;
}

function changesOf(rows: TriggerRows, events: readonly TriggerEvent[]): readonly TriggerChange[] {
  if (events.length === 0) return [];
  const touched = new Set<string>();
  for (const { definition, revision } of events) {
    if (revision !== undefined) touched.add(revisionId(definition, revision.key));
  }
  const revisions = [...touched].toSorted().flatMap((id): readonly TriggerChange[] => {
    const row = rows.revisions.get(id);
    return row === undefined ? [] : [{ table: 'revision', row }];
  });
  return [{ table: 'header', row: rows.header }, { table: 'lastRun', row: rows.lastRun }, ...revisions];
}
