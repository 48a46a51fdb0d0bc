import type { Severity } from '@signalbox/model';

/** What the reference page says about a code, and what every diagnostic of that code shares. */
export interface DiagnosticRow {
  readonly severity: Severity;
  /** What is wrong, in one sentence, for any instance. */
  readonly summary: string;
  /** How to mend it; an instance may say it more precisely. */
  readonly help: string;
  /** Short YAML that causes it; a sentence with a full stop where that would be long. */
  readonly example: string;
  /** Absent: compiling finds it. `queueing`: it is found when a run of the compiled file is asked for. */
  readonly foundBy?: 'queueing';
}
