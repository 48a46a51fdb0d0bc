import type { RunReason, RunResult, RunStatus } from '@signalbox/model';
import type { BuildQueryOrder } from '../enums.ts';
import { ROUTES } from '../routes/table.ts';
import type { RunView } from '../views.ts';
import type { NewBuild } from '../wire/build-input.ts';
import type { WireBuild, WireLog, WireTimeline } from '../wire/build.ts';
import type { WireChange } from '../wire/changes.ts';
import type { Paged } from '../wire/common.ts';
import type { RunYamlView } from '../wire/pages.ts';
import type { Transport } from './transport.ts';

/** Which runs, and in which order; newest first when no order is given. */
export interface BuildQuery {
  readonly definitions?: readonly number[];
  readonly statusFilter?: readonly RunStatus[];
  readonly resultFilter?: readonly RunResult[];
  readonly reasonFilter?: readonly RunReason[];
  readonly branchName?: string;
  readonly requestedFor?: string;
  readonly buildNumber?: string;
  readonly queryOrder?: BuildQueryOrder;
  readonly top?: number;
  readonly continuationToken?: string;
}

/** What to queue. */
export interface QueueOptions {
  readonly branch?: string;
  readonly commit?: string;
  readonly variables?: Readonly<Record<string, string>>;
  readonly templateParameters?: Readonly<Record<string, string>>;
}

/** How a stage is run again. */
export interface RetryOptions {
  readonly allJobs?: boolean;
  /** Those that depend on it stay as they are. */
  readonly alone?: boolean;
}

/** Runs, their timelines and logs. `project` may be left out (`undefined`) where a run is named by its id. */
export interface BuildsClient {
  listBuilds(project: string, query?: BuildQuery): Promise<Paged<WireBuild>>;
  queueBuild(project: string, definition: number, options?: QueueOptions): Promise<WireBuild>;
  getBuild(project: string, id: number): Promise<WireBuild>;
  /** Asks for it; the run is `cancelling` until its clean-up is over. */
  cancelBuild(project: string, id: number): Promise<WireBuild>;
  cancelStage(project: string, id: number, stage: string): Promise<void>;
  /** Runs the failed stages of a run again (RETRY-1). */
  retryBuild(project: string, id: number): Promise<WireBuild>;
  /** Runs a stage again, and those that depend on it; without options only the jobs that failed (RETRY-1). */
  retryStage(project: string, id: number, stage: string, options?: RetryOptions): Promise<void>;
  /** Starts a manual stage, or one that was skipped (MAN-1, MAN-6). */
  startStage(project: string, id: number, stage: string): Promise<void>;
  getTimeline(project: string, id: number): Promise<WireTimeline>;
  listLogs(project: string, id: number): Promise<Paged<WireLog>>;
  /** Lines count from 1, both ends included. */
  getLog(
    project: string,
    id: number,
    log: number,
    range?: { readonly startLine?: number; readonly endLine?: number },
  ): Promise<string>;
  /** Runs with their stages, for pages and terminals. */
  listRunViews(project: string | undefined, query?: BuildQuery): Promise<Paged<RunView>>;
  getRunView(project: string | undefined, id: number): Promise<RunView>;
  /** The pipeline of a run as it was expanded. */
  getRunYaml(project: string, id: number): Promise<RunYamlView>;
  /** The commits that a run has and the one before had not, newest first. */
  listChanges(project: string, id: number, top?: number): Promise<Paged<WireChange>>;
}

/** The calls of `BuildsClient`. */
export function buildsClient(transport: Transport): BuildsClient {
  const at = (project: string, buildId: number): { path: { project: string; buildId: number } } => ({
    path: { project, buildId },
  });
  return {
    listBuilds: (project, query) =>
      transport.page(ROUTES.listBuilds, { path: { project }, query: queryOf(query) }),
    queueBuild: (project, definition, options = {}) =>
      transport.json(ROUTES.queueBuild, { path: { project }, body: queueBody(definition, options) }),
    getBuild: (project, id) => transport.json(ROUTES.getBuild, at(project, id)),
    cancelBuild: (project, id) =>
      transport.json(ROUTES.updateBuild, { ...at(project, id), body: { status: 'cancelling' } }),
    cancelStage: (project, buildId, stage) =>
      transport.json(ROUTES.updateStage, { path: { project, buildId, stage }, body: { state: 'cancel' } }),
    retryBuild: (project, id) =>
      transport.json(ROUTES.updateBuild, { ...at(project, id), query: { retry: true }, body: {} }),
    retryStage: (project, buildId, stage, { allJobs = false, alone = false } = {}) =>
      transport.json(ROUTES.updateStage, {
        path: { project, buildId, stage },
        body: { state: 'retry', forceRetryAllJobs: allJobs, retryDependencies: !alone },
      }),
    startStage: (project, buildId, stage) =>
      transport.json(ROUTES.updateStage, { path: { project, buildId, stage }, body: { state: 'run' } }),
    getTimeline: (project, id) => transport.json(ROUTES.getTimeline, at(project, id)),
    listLogs: (project, id) => transport.page(ROUTES.listLogs, at(project, id)),
    getLog: (project, buildId, logId, range = {}) =>
      transport.text(ROUTES.getLog, {
        path: { project, buildId, logId },
        query: { ...range },
        accept: 'text/plain',
      }),
    listRunViews: (project, query) =>
      transport.page(ROUTES.runViews, { path: projectPath(project), query: queryOf(query) }),
    getRunYaml: (project, runId) => transport.json(ROUTES.runYaml, { path: { project, runId } }),
    listChanges: (project, id, top) =>
      transport.page(ROUTES.listChanges, {
        ...at(project, id),
        query: { ...(top !== undefined && { $top: top }) },
      }),
    getRunView: (project, runId) =>
      transport.json(ROUTES.runView, { path: { ...projectPath(project), runId } }),
  };
}

function projectPath(project: string | undefined): Readonly<Record<string, string>> {
  return project === undefined ? {} : { project };
}

function queryOf(
  query: BuildQuery = {},
): Readonly<Record<string, string | number | readonly (string | number)[]>> {
  const { top, ...rest } = query;
  return { ...rest, ...(top !== undefined && { $top: top }) };
}

function queueBody(definition: number, options: QueueOptions): NewBuild {
  const { branch, commit, variables, templateParameters } = options;
  return {
    definition: { id: definition },
    ...(branch !== undefined && { sourceBranch: branch }),
    ...(commit !== undefined && { sourceVersion: commit }),
    ...(templateParameters !== undefined && { templateParameters }),
    ...(variables !== undefined && { parameters: JSON.stringify(variables) }),
  };
}
