/** A line of a log that was searched for. */
export interface LogHit {
  /** Number of the log in its run. */
  readonly log: number;
  /** Number of the line in its log, from 1. */
  readonly line: number;
  readonly text: string;
}

/** What a search in the logs of one run found, in the order of the logs. */
export interface LogSearch {
  readonly hits: readonly LogHit[];
  /** There may be more than these: as many were found as were asked for, or the search took too long. */
  readonly incomplete?: true;
}

/** An attachment of a run. */
export interface WireAttachment {
  readonly name: string;
  readonly _links: { readonly self: { readonly href: string } };
}

/** A test run: results that one step published together. */
export interface WireTestRun {
  readonly id: number;
  readonly name: string;
  readonly url: string;
  readonly state: 'Completed';
  readonly isAutomated: true;
  readonly build: { readonly id: string };
  readonly startedDate: string;
  readonly completedDate: string;
  readonly totalTests: number;
  readonly passedTests: number;
  readonly unanalyzedTests: number;
  readonly notApplicableTests: number;
  readonly incompleteTests: number;
  readonly runStatistics: readonly { readonly outcome: string; readonly count: number }[];
}

/** One result of a test. */
export interface WireTestResult {
  readonly id: number;
  readonly testCaseTitle: string;
  readonly automatedTestName: string;
  readonly automatedTestStorage: string;
  readonly outcome: 'Passed' | 'Failed' | 'NotExecuted';
  readonly durationInMs: number;
  readonly errorMessage: string;
  readonly stackTrace: string;
  readonly testRun: { readonly id: string; readonly name: string };
}

/** The coverage of a run. */
export interface WireCoverage {
  readonly build: { readonly id: string };
  readonly coverageData: readonly {
    readonly coverageStats: readonly {
      readonly label: string;
      readonly position: number;
      readonly total: number;
      readonly covered: number;
      readonly isDeltaAvailable: false;
    }[];
  }[];
}

/** What the steps of a run left behind, for pages and terminals. */
export interface RunResultsView {
  /** GUID of the timeline whose records have the attachments. */
  readonly timeline: string;
  readonly tests: readonly TestRunView[];
  /** The first failed tests, at most fifty. */
  readonly failedTests: readonly FailedTestView[];
  readonly coverage: readonly { readonly label: string; readonly covered: number; readonly total: number }[];
  readonly attachments: readonly AttachmentView[];
}

/** A test run in numbers. */
export interface TestRunView {
  readonly id: number;
  readonly title: string;
  readonly passed: number;
  readonly failed: number;
  readonly notExecuted: number;
  readonly durationMs: number;
}

/** A test that failed. */
export interface FailedTestView {
  readonly testRun: number;
  readonly name: string;
  readonly storage: string;
  readonly message: string;
}

/** A file that a step attached; summaries are Markdown. */
export interface AttachmentView {
  readonly type: string;
  readonly name: string;
  /** Bytes. */
  readonly size: number;
  /** GUID of the timeline record. */
  readonly record: string;
}

/** A run in a few lines of HTML. */
export interface WireReport {
  readonly buildId: number;
  readonly content: string;
  readonly type: 'html';
}
