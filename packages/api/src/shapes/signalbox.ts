import type { LockRequestView, LockView, RunView } from '../views.ts';
import type { GroupView } from '../wire/approvals.ts';
import type { AuditEntryView, AuditOrder, ReplayView } from '../wire/audit.ts';
import type { Collection } from '../wire/common.ts';
import type { ExplainView, ForecastView, WhatIfQuestion, WhatIfView } from '../wire/forecast.ts';
import type { HealthView, ReadyView, WebConfigView } from '../wire/health.ts';
import type { LeaseView, NewLease } from '../wire/lease.ts';
import type { RunYamlView } from '../wire/pages.ts';
import type {
  LockPatch,
  MeView,
  NewLock,
  NewToken,
  NewTokenView,
  RepositoryView,
  TokenState,
  TokenView,
} from '../wire/signalbox.ts';
import type { RunQuery } from './run-query.ts';
import type { Nothing, Paging } from './shape.ts';

/** What the routes of `routes/signalbox.ts` take and answer. */
export interface SignalboxShapes {
  readonly health: { readonly answer: HealthView };
  readonly ready: { readonly answer: ReadyView; readonly negative: 503 };
  readonly metrics: { readonly answer: undefined; readonly media: 'text/plain' };
  readonly webConfig: { readonly answer: WebConfigView };
  readonly signInWithCode: {
    /** From the link that the command line prints; good once. */
    readonly query: { readonly code?: string };
    readonly answer: undefined;
    readonly status: 303;
  };
  readonly signInWithToken: {
    readonly body: { readonly token: string };
    readonly answer: undefined;
  };
  readonly beginOidcSignIn: {
    readonly query: { readonly to?: string };
    readonly answer: undefined;
    readonly status: 303;
  };
  readonly finishOidcSignIn: {
    readonly query: {
      readonly code?: string;
      readonly state?: string;
      readonly iss?: string;
      readonly error?: string;
    };
    readonly answer: undefined;
    readonly status: 303;
  };
  readonly signOut: { readonly body: Nothing; readonly answer: undefined };
  readonly openApi: { readonly answer: Readonly<Record<string, unknown>> };
  readonly me: { readonly answer: MeView };
  readonly listTokens: { readonly answer: Collection<TokenView> };
  readonly createToken: { readonly body: NewToken; readonly answer: NewTokenView };
  readonly revokeToken: { readonly answer: undefined; readonly refuses: 409 };
  readonly listGroups: { readonly answer: Collection<GroupView> };
  readonly setGroup: { readonly body: Partial<Omit<GroupView, 'name'>>; readonly answer: GroupView };
  readonly removeGroup: { readonly answer: undefined };
  readonly listRepositories: { readonly answer: Collection<RepositoryView> };
  readonly addRepository: {
    readonly body: RepositoryView;
    readonly answer: RepositoryView;
    readonly refuses: 409;
  };
  readonly removeRepository: { readonly answer: undefined };
  readonly runViews: { readonly query: RunQuery; readonly answer: Collection<RunView> };
  readonly runView: { readonly answer: RunView };
  readonly runYaml: { readonly answer: RunYamlView };
  readonly lockViews: { readonly answer: Collection<LockView> };
  readonly lockView: { readonly answer: LockView };
  readonly createLock: { readonly body: NewLock; readonly answer: LockView; readonly refuses: 409 };
  readonly deleteLock: { readonly answer: undefined; readonly refuses: 409 };
  readonly updateLock: { readonly body: LockPatch; readonly answer: LockView; readonly refuses: 409 };
  readonly checkToken: { readonly answer: TokenState };
  readonly lockWaiters: {
    readonly query: {
      /** How many at most. */
      readonly $top?: number;
      /** How many to leave out. */
      readonly skip?: number;
    };
    readonly answer: Collection<LockRequestView>;
  };
  readonly lockHistory: { readonly query: Paging; readonly answer: Collection<LockRequestView> };
  readonly forecastLock: { readonly answer: ForecastView };
  readonly whatIf: { readonly body: WhatIfQuestion; readonly answer: WhatIfView };
  readonly explainRun: { readonly answer: ExplainView };
  readonly acquireLease: {
    readonly body: NewLease;
    readonly answer: LeaseView;
    /** 202: it waits. */
    readonly status: 200 | 202;
    readonly refuses: 409;
  };
  readonly leaseView: { readonly answer: LeaseView; readonly status: 200 | 202 };
  readonly renewLease: {
    readonly answer: LeaseView;
    readonly status: 200 | 202;
    readonly refuses: 409 | 410;
  };
  readonly releaseLease: {
    /** `failed`: as after a failed stage, which a policy may keep. */
    readonly query: { readonly result?: 'succeeded' | 'failed' };
    readonly answer: LeaseView;
  };
  readonly listAudit: {
    /** The token is the number of the line behind which to begin: above it, or below it where the newest come first. */
    readonly query: Paging & { readonly queryOrder?: AuditOrder };
    readonly answer: Collection<AuditEntryView>;
  };
  readonly replayAudit: { readonly answer: ReplayView };
  readonly feed: {
    readonly query: {
      /** Where to go on: the id of the last event. The header Last-Event-ID wins. */
      readonly cursor?: string;
    };
    readonly answer: undefined;
    readonly media: 'text/event-stream';
  };
}
