import type { JobStep, StepReport } from '@signalbox/api';
import type { Instant, NodeResult } from '@signalbox/model';
import { DISPLAY_NAME_CHARS, PROGRESS_PAUSE_MS } from '../limits.ts';
import { StepOutput } from '../report/step-output.ts';
import type { RunningJob } from './running-job.ts';

/** Which step a record is about. */
export interface StepIdentity {
  readonly order: number;
  readonly name: string;
  readonly displayName: string;
  /** Of which it is the record, or the record of a part; absent: a step of the agent's own. */
  readonly step?: Pick<JobStep, 'name' | 'target'>;
}

/** The record of one step on the server: told when it begins, as it goes on, and when it ends (AGENT-12). */
export class StepRecord {
  readonly output: StepOutput;
  readonly #run: RunningJob;
  readonly #identity: Omit<StepIdentity, 'step'>;
  readonly #startTime: Instant;
  readonly #over = new AbortController();
  #pausing = false;
  #progressed = false;

  constructor(run: RunningJob, { step, ...identity }: StepIdentity) {
    this.#run = run;
    this.#identity = {
      ...identity,
      displayName: run.masker.maskStart(identity.displayName, DISPLAY_NAME_CHARS),
    };
    this.#startTime = run.host.clock.now();
    this.output = new StepOutput({
      order: identity.order,
      stepName: step?.name ?? identity.name,
      logs: run.logs,
      masker: run.masker,
      variables: run.variables,
      taskVariables: run.taskVariables(step?.name ?? identity.name),
      endpoints: run.endpoints,
      files: run.files,
      prependPath: run.prependPath,
      target: step?.target,
      now: () => run.host.clock.now(),
      push: (fact) => run.reports.push(fact),
      progressed: () => void this.#progress(),
    });
  }

  begin(): void {
    // The log's number goes out at once, so that it can be read while the step runs.
    this.#push({ state: 'inProgress', log: this.#identity.order });
  }

  /** A step's report is its last word: nothing may be added to its log afterwards. */
  end(result: NodeResult): void {
    this.#over.abort();
    this.#push({ state: 'completed', result, finishTime: this.#run.host.clock.now() });
  }

  /** Reports progress at once, and then no more often than the pause says; the last one is never lost. */
  async #progress(): Promise<void> {
    this.#progressed = true;
    if (this.#pausing) return;
    this.#pausing = true;
    while (this.#progressed && !this.#over.signal.aborted) {
      this.#progressed = false;
      this.#push({ state: 'inProgress' });
      await this.#run.host.clock.sleep(PROGRESS_PAUSE_MS, this.#over.signal);
    }
    this.#pausing = false;
  }

  #push(state: Pick<StepReport, 'state' | 'result' | 'finishTime' | 'log'>): void {
    const step = { ...this.#identity, startTime: this.#startTime, ...this.output.report(), ...state };
    this.#run.reports.push({ kind: 'step', step });
  }
}
