import {
  createTrigger,
  type CreateRun,
  type Birth,
  type Outcome,
  type TriggerAnswer,
  type TriggerChange,
  type TriggerEvent,
  type TriggerHeaderRow,
  type TriggerMessage,
  type TriggerNeed,
} from '@signalbox/engine';
import { expect } from 'vitest';
import { longPlan, type ShortPlan } from '../run/short-plan.ts';
import { BIRTHDAY, identityOf } from '../run/one-run.ts';

/** A store of one trigger's rows: answers needs, and takes changes in after every message. */
export class OneTrigger {
  now = BIRTHDAY;
  queueTime = 0;
  held: TriggerHeaderRow['held'];
  lastRun = 41;
  readonly revisions = new Map<string, number>();
  readonly counters = new Map<string, number>();

  create(message: TriggerMessage): {
    readonly outcome: Outcome<TriggerEvent>;
    readonly births: readonly Birth[];
  } {
    const working = createTrigger(1);
    const decided = this.decide(working, message);
    for (const change of working.changes()) this.write(change);
    return decided;
  }

  /** Any other message; answers what came of it. */
  tell(message: TriggerMessage): Outcome<TriggerEvent> {
    return this.create(message).outcome;
  }

  /** Creates several runs in one unit of work. */
  createAll(messages: readonly TriggerMessage[]): readonly Birth[] {
    const working = createTrigger(1);
    const births = messages.flatMap((message) => this.decide(working, message).births);
    for (const change of working.changes()) this.write(change);
    return births;
  }

  private decide(
    working: ReturnType<typeof createTrigger>,
    message: TriggerMessage,
  ): Extract<ReturnType<typeof working.handle>, { readonly kind: 'decided' }> {
    for (;;) {
      const handled = working.handle(message, this.now);
      if (handled.kind === 'decided') return handled;
      working.supply(handled.needs.map((need) => this.answer(need)));
    }
  }

  private write(change: TriggerChange): void {
    if (change.table === 'header') ({ lastQueueTime: this.queueTime, held: this.held } = change.row);
    else if (change.table === 'lastRun') this.lastRun = change.row;
    else if (change.table === 'revision')
      this.revisions.set(`${change.row.definition}:${change.row.key}`, change.row.value);
    else this.counters.set(`${change.row.definition}:${change.row.prefix}`, change.row.value);
  }

  private answer(of: TriggerNeed): TriggerAnswer {
    if (of.need === 'header')
      return { of, header: { lastQueueTime: this.queueTime, ...(this.held && { held: this.held }) } };
    if (of.need === 'lastRun') return { of, lastRun: this.lastRun };
    if (of.need === 'counter') {
      const counter = this.counters.get(`${of.definition}:${of.prefix}`);
      return counter === undefined ? { of } : { of, counter };
    }
    return { of, revision: this.revisions.get(`${of.definition}:${of.key}`) ?? 0 };
  }
}

/** A command to create a run of a plan in short form. */
export function createMessage(short: ShortPlan, more: Partial<CreateRun> = {}): CreateRun {
  const { definition, projectName, planId, reason, branch, commit } = identityOf(short);
  const { requestedBy, requestedFor, variables, stagesToSkip, defaultPool, pools, resources } =
    identityOf(short);
  return {
    type: 'CreateRun',
    definition,
    projectName,
    plan: longPlan(short),
    planId,
    reason,
    branch,
    commit,
    requestedBy,
    requestedFor,
    variables,
    stagesToSkip,
    defaultPool,
    pools,
    resources,
    ...more,
  };
}

/** The number that a run got; fails when it was refused. */
export function numberOf({ births }: { readonly births: readonly Birth[] }): string | undefined {
  expect(births).toHaveLength(1);
  return births[0]?.identity.number;
}
