import type { LOCK_STATUS } from '../enums.ts';
import type { APPROVAL_STATE, ApprovalUpdate, WireApproval } from '../wire/approvals.ts';
import type { CheckOperationInput, WireCheckSuite } from '../wire/check-suites.ts';
import type { CheckChange, CheckedResource, NewCheck, WireCheck } from '../wire/checks.ts';
import type { Collection } from '../wire/common.ts';
import type { QueueFormView } from '../wire/pages.ts';
import type {
  NewPipeline,
  NewPipelineRun,
  WirePreview,
  WireRunLog,
  WireRunLogs,
} from '../wire/pipeline-input.ts';
import type { WirePipeline, WireRun } from '../wire/pipelines.ts';
import type { ResourceLocks } from '../wire/signalbox.ts';
import type { LogQuery, SignedQuery } from './logs.ts';
import type { Paging } from './shape.ts';

/** In which form a preview is written. */
interface PreviewQuery {
  /** `azure`: steps as tasks, as the service writes them. */
  readonly form?: 'readable' | 'azure';
}

/** What is shown of an approval or a check besides the outline. */
interface ExpandQuery {
  /** `steps` of approvals, `settings` of checks. */
  readonly $expand?: string;
}

/** What the routes of `routes/pipelines.ts` take and answer. */
export interface PipelinesShapes {
  readonly listPipelines: {
    /** For example `name desc`. */
    readonly query: Paging & { readonly orderBy?: string };
    readonly answer: Collection<WirePipeline>;
  };
  readonly createPipeline: {
    readonly body: NewPipeline;
    readonly answer: WirePipeline;
    readonly refuses: 409;
  };
  readonly getPipeline: {
    readonly query: { readonly revision?: number; readonly pipelineVersion?: number };
    readonly answer: WirePipeline;
  };
  readonly listRuns: {
    readonly query: { readonly $top?: number };
    readonly answer: Collection<WireRun>;
  };
  readonly runPipeline: {
    readonly query: PreviewQuery;
    readonly body: NewPipelineRun;
    /** A preview, where `previewRun` asked for it. */
    readonly answer: WireRun | WirePreview;
    readonly refuses: 409 | 422;
  };
  readonly getRun: { readonly answer: WireRun };
  readonly previewPipeline: {
    readonly query: PreviewQuery;
    readonly body: NewPipelineRun;
    readonly answer: WirePreview;
  };
  readonly queueForm: {
    readonly query: {
      /** The branch whose file counts; absent: the default one. */
      readonly branch?: string;
    };
    readonly answer: QueueFormView;
  };
  readonly listRunLogs: { readonly query: SignedQuery; readonly answer: WireRunLogs };
  readonly getRunLog: {
    readonly query: LogQuery & SignedQuery;
    readonly answer: WireRunLog;
    readonly media: 'text/plain' | 'application/zip';
  };
  readonly listResourceLocks: {
    readonly query: {
      readonly resourceType?: string;
      readonly resourceId?: string;
      readonly definitionId?: number;
      readonly status?: readonly (keyof typeof LOCK_STATUS)[];
      readonly $top?: number;
    };
    readonly answer: ResourceLocks;
  };
  readonly listChecks: {
    readonly query: ExpandQuery & { readonly resourceType?: string; readonly resourceId?: string };
    readonly answer: Collection<WireCheck>;
  };
  readonly createCheck: {
    readonly query: ExpandQuery;
    readonly body: NewCheck;
    readonly answer: WireCheck;
    readonly refuses: 409;
  };
  readonly getCheck: { readonly query: ExpandQuery; readonly answer: WireCheck };
  readonly updateCheck: {
    readonly query: ExpandQuery;
    readonly body: CheckChange;
    readonly answer: WireCheck;
    readonly refuses: 409;
  };
  readonly deleteCheck: { readonly answer: undefined; readonly refuses: 409 };
  readonly queryChecks: {
    readonly query: ExpandQuery;
    readonly body: readonly CheckedResource[];
    readonly answer: Collection<WireCheck>;
  };
  readonly listCheckSuites: {
    /** The run; `buildId` is the same. */
    readonly query: { readonly runId?: number; readonly buildId?: number };
    readonly answer: Collection<WireCheckSuite>;
  };
  readonly evaluateChecks: {
    /** The id of a suite. */
    readonly body: { readonly id: string };
    readonly answer: WireCheckSuite;
    readonly refuses: 409;
  };
  readonly getCheckSuite: { readonly answer: WireCheckSuite };
  readonly operateCheck: {
    readonly body: CheckOperationInput;
    readonly answer: WireCheckSuite;
    readonly refuses: 409;
  };
  readonly listApprovals: {
    readonly query: ExpandQuery & {
      readonly state?: readonly (keyof typeof APPROVAL_STATE)[];
      /** A name or an id; `userId` is the older name. */
      readonly assignedTo?: string;
      readonly userId?: string;
      readonly approvalIds?: readonly string[];
      readonly $top?: number;
    };
    readonly answer: Collection<WireApproval>;
  };
  readonly getApproval: { readonly query: ExpandQuery; readonly answer: WireApproval };
  readonly updateApprovals: {
    readonly query: ExpandQuery;
    readonly body: readonly ApprovalUpdate[];
    readonly answer: Collection<WireApproval>;
    readonly refuses: 409;
  };
}
