import { runNumberProblem, type Instant, type ProjectId } from '@signalbox/model';
import type { Birth, Handled, WorkingCopy } from '../aggregate.ts';
import { NOTHING, type Outcome } from '../outcome.ts';
import type { Refusal } from '../refusals.ts';
import type { RunIdentity } from '../run/state.ts';
import { birthMail, numberInputs, refuseJobs, refuseStages } from './create-run.ts';
import type { RunNumbered, TriggerEvent } from './events.ts';
import { countRun, type Counting, type LastCount } from './counting.ts';
import { counterId, EMPTY_TRIGGER, evolveTrigger, revisionId, type TriggerRows } from './evolve.ts';
import type { CreateRun, TriggerMessage } from './messages.ts';
import { releaseRuns } from './release-runs.ts';
import type { TriggerAnswer, TriggerChange, TriggerNeed } from './rows.ts';
import { hasRevision, revisionKey, runNumber } from './run-number.ts';

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
      if (message.type === 'ReleaseRuns') {
        const outcome = releaseRuns(rows, message.paused);
        for (const event of outcome.events) rows = evolveTrigger(rows, event);
        events.push(...outcome.events);
        return { kind: 'decided', outcome, births: [] };
      }
      const counting = countRun(draftRun(project, rows, message, now), message.plan, (prefix) =>
        lastCount(rows, answered, { need: 'counter', definition: message.definition.id, prefix }),
      );
      if (counting.kind === 'needs')
        return { kind: 'needs', needs: counterNeeds(message, counting.prefixes) };
      if (counting.kind === 'refused') return { kind: 'decided', ...refused(counting.refusal) };
      const revision = revisionNeed(counting.identity, message);
      if (revision !== undefined && !answered.has(needKey(revision)))
        return { kind: 'needs', needs: [revision] };
      const { outcome, births } = createRun(rows, counting, message, revision?.key);
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
function draftRun(project: ProjectId, rows: TriggerRows, message: CreateRun, now: Instant): RunIdentity {
  const { definition, projectName, repository, planId, reason, branch, commit, commitMessage, cause } =
    message;
  const { requestedBy, requestedFor, variables, parameters, stagesToSkip, defaultPool, pools, resources } =
    message;
  return {
    id: rows.lastRun + 1,
    project,
    projectName,
    ...(repository !== undefined && { repository }),
    definition,
    number: '',
    planId,
    reason,
    branch,
    commit,
    ...(commitMessage === undefined ? {} : { commitMessage }),
    ...(cause === undefined ? {} : { cause }),
    ...(message.known === undefined ? {} : { known: message.known }),
    requestedBy,
    requestedFor,
    // Never the same twice: with equal queue times, arrival at the lock would decide who deploys first (LAW-7).
    queueTime: Math.max(now, rows.header.lastQueueTime + 1),
    variables,
    ...(parameters === undefined ? {} : { parameters }),
    ...(message.templateParameters === undefined ? {} : { templateParameters: message.templateParameters }),
    stagesToSkip,
    ...(message.jobsToSkip === undefined ? {} : { jobsToSkip: message.jobsToSkip }),
    defaultPool,
    pools,
    resources,
  };
}

type RevisionNeed = Extract<TriggerNeed, { readonly need: 'revision' }>;

function revisionNeed(draft: RunIdentity, { plan }: CreateRun): RevisionNeed | undefined {
  const inputs = numberInputs(draft, plan);
  if (!hasRevision(inputs)) return undefined;
  return { need: 'revision', definition: draft.definition.id, key: revisionKey(inputs) };
}

type CounterNeed = Extract<TriggerNeed, { readonly need: 'counter' }>;

function counterNeeds({ definition }: CreateRun, prefixes: readonly string[]): readonly CounterNeed[] {
  return prefixes.map((prefix) => ({ need: 'counter', definition: definition.id, prefix }));
}

function lastCount(rows: TriggerRows, answered: ReadonlySet<string>, need: CounterNeed): LastCount {
  if (!answered.has(needKey(need))) return 'unread';
  return rows.counters.get(counterId(need.definition, need.prefix))?.value ?? 'none';
}

interface Created {
  readonly outcome: Outcome<TriggerEvent>;
  readonly births: readonly Birth[];
}

function createRun(
  rows: TriggerRows,
  { identity: draft, values }: Extract<Counting, { readonly kind: 'counted' }>,
  { plan, held }: CreateRun,
  key: string | undefined,
): Created {
  const { id: run, definition, queueTime: at } = draft;
  const last = key === undefined ? undefined : rows.revisions.get(revisionId(definition.id, key));
  const value = (last?.value ?? 0) + 1;
  const number = runNumber(numberInputs(draft, plan), value);
  const refusal =
    refuseStages(plan, draft.stagesToSkip) ??
    refuseJobs(plan, draft.jobsToSkip ?? []) ??
    refuseNumber(number);
  if (refusal !== undefined) return refused(refusal);
  const birth: Birth = { identity: { ...draft, number }, plan };
  const event: TriggerEvent = {
    type: 'RunNumbered',
    run,
    definition: definition.id,
    at,
    number,
    ...(held === true && { held }),
    ...(key === undefined ? {} : { revision: { key, value } }),
    ...(values.size === 0
      ? {}
      : { counters: [...values].map(([prefix, count]) => ({ prefix, value: count })) }),
  };
  const reply = { ok: true, value: { run, number } } as const;
  const mail = held === true ? [] : birthMail(birth);
  return { outcome: { events: [event], mail, effects: [], reply }, births: [birth] };
}

function refused(refusal: Refusal): Created {
  return { outcome: { ...NOTHING, reply: { ok: false, refusal } }, births: [] };
}

function refuseNumber(number: string): Refusal | undefined {
  const problem = runNumberProblem(number);
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
    case 'counter': {
      const { definition, prefix } = answer.of;
      if (answer.counter === undefined) return rows;
      const row = { definition, prefix, value: answer.counter };
      return { ...rows, counters: new Map(rows.counters).set(counterId(definition, prefix), row) };
    }
  }
}

function needKey(need: TriggerNeed): string {
  switch (need.need) {
    case 'revision':
      return `revision ${revisionId(need.definition, need.key)}`;
    case 'counter':
      return `counter ${counterId(need.definition, need.prefix)}`;
    case 'header':
    case 'lastRun':
      return need.need;
  }
}

function changesOf(rows: TriggerRows, events: readonly TriggerEvent[]): readonly TriggerChange[] {
  if (events.length === 0) return [];
  const numbered = events.filter((event) => event.type === 'RunNumbered');
  const revisions = touched(rows.revisions, numbered, ({ definition, revision }) =>
    revision === undefined ? [] : [revisionId(definition, revision.key)],
  ).map((row) => ({ table: 'revision', row }) as const);
  const counters = touched(rows.counters, numbered, ({ definition, counters: moved = [] }) =>
    moved.map(({ prefix }) => counterId(definition, prefix)),
  ).map((row) => ({ table: 'counter', row }) as const);
  const { header, lastRun } = rows;
  return [{ table: 'header', row: header }, { table: 'lastRun', row: lastRun }, ...revisions, ...counters];
}

/** The rows that events name, each once, in the order of their ids. */
function touched<R>(
  rows: ReadonlyMap<string, R>,
  events: readonly RunNumbered[],
  idsOf: (event: RunNumbered) => readonly string[],
): readonly R[] {
  const ids = new Set(events.flatMap(idsOf));
  return [...ids]
    .toSorted()
    .map((id) => rows.get(id))
    .filter((row) => row !== undefined);
}
