import type { Instant, ProjectId, RunId } from '@signalbox/model';

/** A file that a step attached to its record; its content lies in the blob store. */
export interface Attachment {
  readonly run: RunId;
  /** GUID of the timeline record. */
  readonly record: string;
  readonly type: string;
  readonly name: string;
  readonly sha256: string;
  /** Bytes. */
  readonly size: number;
}

/** An attachment as it is kept. */
export interface AttachmentRow extends Attachment {
  readonly createdAt: Instant;
}

/** How a test ended. */
export type TestOutcome = 'passed' | 'failed' | 'notExecuted';

/** The results of some files, published together (LOG-35). */
export interface TestRunInput {
  readonly run: RunId;
  /** Unique in its run; the same again adds to it. */
  readonly key: string;
  readonly title: string;
  /** What wrote the files, for example `JUnit`. */
  readonly format: string;
}

/** One test. */
export interface TestResult {
  /** From 1, in the order of the files. */
  readonly number: number;
  readonly name: string;
  /** Its class or suite; may be empty. */
  readonly storage: string;
  readonly outcome: TestOutcome;
  readonly durationMs: number;
  /** Why it failed; may be empty. */
  readonly message: string;
  readonly stack: string;
}

/** A test run with its totals. */
export interface TestRunRow extends TestRunInput {
  readonly id: number;
  readonly createdAt: Instant;
  readonly passed: number;
  readonly failed: number;
  readonly notExecuted: number;
  readonly durationMs: number;
}

/** Which results of a test run; absent: all. */
export interface TestResultFilter {
  readonly outcomes?: readonly TestOutcome[];
  readonly skip?: number;
  readonly top?: number;
}

/** Covered of all, of one kind: lines, branches, methods … */
export interface CoverageStatistic {
  readonly label: string;
  readonly covered: number;
  readonly total: number;
}

/** What steps leave behind beside their logs: attachments, results of tests, coverage. All of it goes with its run. */
export interface RunResults {
  /** Keeps an attachment, and the use of its content under `attachments:<run>`; the same record, type and name again replaces it. */
  attach(attachment: Attachment, project: ProjectId): Promise<void>;
  /** In the order of attaching; of one type, or of all. */
  attachments(run: RunId, type?: string): Promise<readonly AttachmentRow[]>;
  /** Makes the test run unless it is there, and adds results; a number that is there already changes nothing. */
  addTests(testRun: TestRunInput, results: readonly TestResult[]): Promise<void>;
  /** In the order of publishing. */
  testRuns(run: RunId): Promise<readonly TestRunRow[]>;
  testRun(id: number): Promise<TestRunRow | undefined>;
  /** By number. */
  testResults(id: number, filter?: TestResultFilter): Promise<readonly TestResult[]>;
  /** The coverage that one step published; the same key again replaces it. */
  setCoverage(run: RunId, key: string, statistics: readonly CoverageStatistic[]): Promise<void>;
  /** All of a run, summed by label. */
  coverage(run: RunId): Promise<readonly CoverageStatistic[]>;
}
