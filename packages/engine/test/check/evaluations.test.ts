import { createRun, type Effect, type RunMessage, type StageState } from '@signalbox/engine';
import { describe, expect, it } from 'vitest';
import { MINUTE, OneRun } from '../run/one-run.ts';
import { answerCheckNeed } from '../run/short-checks.ts';

/** As the rule says it, not as the code does. */
const MAX_EVALUATIONS = 2000;

const CHECKS = {
  prod: [
    { service: 'gate', every: 1 },
    { approvers: ['ann'], asked: 'postCheck' as const },
  ],
};
const AT = { stage: 'A', attempt: 1, check: 1 } as const;

/** One working copy for the whole story: two thousand evaluations, told every minute. */
class Evaluations {
  readonly effects: Effect[] = [];
  #now = 0;
  readonly #run = createRun(1);

  constructor() {
    const { state, plan } = new OneRun({ stages: { A: { locks: 'prod' } } });
    this.#run.supply([{ of: { need: 'run' }, state, plan }]);
    this.tell({ type: 'Begin' });
    this.tell({ type: 'AskApprovals', stage: 'A', attempt: 1 });
  }

  tell(message: RunMessage) {
    let handled = this.#run.handle(message, this.#now);
    while (handled.kind === 'needs') {
      this.#run.supply(handled.needs.map((need) => answerCheckNeed(CHECKS, need)));
      handled = this.#run.handle(message, this.#now);
    }
    this.effects.push(...handled.outcome.effects);
    return handled.outcome.reply;
  }

  /** The service says no to each evaluation up to this one, a minute after another; to the last it says `last`. */
  answer(times: number, last: 'passed' | 'failed'): this {
    for (let evaluation = 1; evaluation <= times; evaluation += 1) {
      const answer = evaluation === times ? last : 'failed';
      this.tell({ type: 'CheckAnswered', ...AT, evaluation, answer, message: '' });
      if (evaluation < times) this.aMinutePasses();
    }
    return this;
  }

  aMinutePasses(): void {
    this.#now += MINUTE;
    this.tell({ type: 'CheckDue', ...AT });
  }

  stage(): StageState | undefined {
    const [change] = this.#run.changes();
    return change?.table === 'run' ? change.row.stages[0] : undefined;
  }
}

describe('the number of evaluations of one check [CHK-36]', () => {
  it('ends the check as its time-out would when the last one says no', () => {
    const run = new Evaluations().answer(MAX_EVALUATIONS, 'failed');
    expect(run.stage()).toMatchObject({ phase: 'completed', result: 'skipped' });
    expect(run.effects).toHaveLength(MAX_EVALUATIONS);
  });

  it('lets the last pass count for its time, and asks no more', () => {
    const run = new Evaluations().answer(MAX_EVALUATIONS, 'passed');
    expect(run.stage()).toMatchObject({ phase: 'waiting' });
    run.aMinutePasses();
    expect(run.stage()).toMatchObject({ phase: 'completed', result: 'skipped' });
    expect(run.effects).toHaveLength(MAX_EVALUATIONS);
  });

  it('goes on below the limit', () => {
    const run = new Evaluations().answer(MAX_EVALUATIONS - 1, 'failed');
    run.aMinutePasses();
    expect(run.stage()).toMatchObject({ phase: 'waiting' });
    expect(run.effects).toHaveLength(MAX_EVALUATIONS);
  });

  it('refuses a rerun behind the limit', () => {
    const run = new Evaluations().answer(MAX_EVALUATIONS, 'passed');
    const by = { name: 'dan', groups: [], administrator: true };
    const reply = run.tell({ type: 'OperateCheck', ...AT, what: 'rerun', by, reason: '' });
    expect(reply).toMatchObject({ ok: false, refusal: { code: 'check-evaluations' } });
  });
});
