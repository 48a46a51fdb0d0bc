import type { StepReport } from '@signalbox/api';
import type { Instant, NodeResult } from '@signalbox/model';
import { DISPLAY_NAME_CHARS } from '../limits.ts';
import { StepOutput } from '../report/step-output.ts';
import type { RunningJob } from './running-job.ts';

/** Which step a record is about. */
export interface StepIdentity {
  readonly order: number;
  readonly name: string;
  readonly displayName: string;
}

/** The record of one step on the server: told when it begins and when it ends (AGENT-12). */
export class StepRecord {
  readonly output: StepOutput;
  readonly #run: RunningJob;
  readonly #identity: StepIdentity;
  readonly #startTime: Instant;

  constructor(run: RunningJob, identity: StepIdentity) {
    this.#run = run;
    this.#identity = {
      ...identity,
      displayName: run.masker.maskStart(identity.displayName, DISPLAY_NAME_CHARS),
    };
    this.#startTime = run.host.clock.now();
    this.output = new StepOutput({
      order: identity.order,
      stepName: identity.name,
      logs: run.logs,
      masker: run.masker,
      variables: run.variables,
      prependPath: run.prependPath,
      push: (fact) => run.reports.push(fact),
    });
  }

  begin(): void {
    // The log's number goes out at once, so that it can be read while the step runs.
    this.#push({ state: 'inProgress', log: this.#identity.order });
  }

  /** A step's report is its last word: nothing may be added to its log afterwards. */
  end(result: NodeResult): void {
    this.#push({ state: 'completed', result, finishTime: this.#run.host.clock.now() });
  }

  #push(state: Pick<StepReport, 'state' | 'result' | 'finishTime' | 'log'>): void {
    const step = { ...this.#identity, startTime: this.#startTime, ...this.output.report(), ...state };
    this.#run.reports.push({ kind: 'step', step });
  }
}
