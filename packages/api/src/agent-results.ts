/**
 * The part of the agent protocol by which steps leave files and results of tests with their run. Every request carries
 * the lease, as in `agent-protocol.ts`, and may be sent again as it is.
 */

/** Largest file that a step attaches, in bytes: it travels as one content (`agent-artifacts.ts`). */
export const ATTACHMENT_BYTES: number = 16 * 1024 * 1024;

/** Most results of tests in one request. */
export const TESTS_AT_ONCE = 1000;

/** `POST jobs/{request}/results/attach`: names a content that the job sent before; 404 otherwise. */
export interface AttachRequest {
  readonly lease: number;
  /** Reference name of the step to whose record it belongs. */
  readonly step: string;
  readonly type: string;
  readonly name: string;
  readonly sha256: string;
  /** Bytes. */
  readonly size: number;
}

/** How a test ended. */
export type TestOutcome = 'passed' | 'failed' | 'notExecuted';

/** One test. */
export interface TestReport {
  /** From 1, unique in its test run: a number that is there already changes nothing. */
  readonly number: number;
  readonly name: string;
  /** Its class or suite. */
  readonly storage: string;
  readonly outcome: TestOutcome;
  readonly durationMs: number;
  readonly message: string;
  readonly stack: string;
}

/** `POST jobs/{request}/results/tests`: adds results to a test run of the job's run; `key` names it. */
export interface PublishTestsRequest {
  readonly lease: number;
  readonly key: string;
  readonly title: string;
  readonly format: string;
  readonly results: readonly TestReport[];
}

/** Covered of all, of one kind. */
export interface CoverageStatistic {
  /** `Lines`, `Branches` … */
  readonly label: string;
  readonly covered: number;
  readonly total: number;
}

/** `POST jobs/{request}/results/coverage`: what one step found; the same key again replaces it. */
export interface PublishCoverageRequest {
  readonly lease: number;
  readonly key: string;
  readonly statistics: readonly CoverageStatistic[];
}
