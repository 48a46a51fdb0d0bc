import type {
  AttachRequest,
  PublishCoverageRequest,
  PublishTestsRequest,
  TestOutcome,
} from '../agent-results.ts';
import type { Collection } from '../wire/common.ts';
import type {
  LogSearch,
  RunResultsView,
  WireAttachment,
  WireCoverage,
  WireReport,
  WireTestResult,
  WireTestRun,
} from '../wire/results.ts';
import type { Skipping } from './shape.ts';

/** What the routes of `routes/results.ts` take and answer. */
export interface ResultShapes {
  readonly jobAttach: { readonly body: AttachRequest; readonly answer: undefined; readonly refuses: 409 };
  readonly jobTests: {
    readonly body: PublishTestsRequest;
    readonly answer: undefined;
    readonly refuses: 409;
  };
  readonly jobCoverage: {
    readonly body: PublishCoverageRequest;
    readonly answer: undefined;
    readonly refuses: 409;
  };
  readonly searchLogs: {
    readonly query: {
      /** What to look for, in any letter case. */
      readonly text: string;
      readonly $top?: number;
    };
    readonly answer: LogSearch;
  };
  readonly runResults: { readonly answer: RunResultsView };
  readonly listAttachments: { readonly answer: Collection<WireAttachment> };
  readonly getAttachment: { readonly answer: undefined; readonly media: 'application/octet-stream' };
  readonly buildReport: { readonly answer: WireReport };
  readonly listTestRuns: {
    /** One run, by its `uri` or by its number. */
    readonly query: { readonly buildUri?: string; readonly buildIds?: string };
    readonly answer: Collection<WireTestRun>;
  };
  readonly getTestRun: { readonly answer: WireTestRun };
  readonly listTestResults: {
    readonly query: Skipping & { readonly outcomes?: readonly TestOutcome[] };
    readonly answer: Collection<WireTestResult>;
  };
  readonly codeCoverage: { readonly query: { readonly buildId: number }; readonly answer: WireCoverage };
}
