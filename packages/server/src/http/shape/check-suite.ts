import type {
  LockRequestView,
  WireCheckRun,
  WireCheckSuite,
  WireEvaluationOrder,
  WireTime,
} from '@signalbox/api';
import {
  checkName,
  checkSentence,
  isAtWork,
  isAwaited,
  kindOf,
  type CheckRun,
  type RunState,
  type StageState,
} from '@signalbox/engine';
import type { CheckCategory, CheckStatus, Instant } from '@signalbox/model';
import type { ProjectRow } from '@signalbox/store';
import type { App } from '../../app.ts';
import { approvalGuid } from '../pipelines/approval-id.ts';
import { wireCheckId } from '../pipelines/checks/row-checks.ts';
import { WIRE_KINDS } from '../pipelines/checks/wire-kinds.ts';
import { apiUrl, identityRef, runPageUrl, wireTime } from './common.ts';
import { lockCheckRun } from './lock-check-run.ts';

/** The checks of one stage attempt, with the run that they belong to. */
export interface FoundSuite {
  readonly run: RunState;
  /** The stage's place in its run, from 0. */
  readonly place: number;
  readonly stage: StageState;
  /** Without what a step on the server waits for: that is no check of a resource. */
  readonly checks: readonly CheckRun[];
  /** Its requests for locks, which come last (CHK-20). */
  readonly locks: readonly LockRequestView[];
}

/** The published words for our categories (CHK-23). */
const ORDERS: Readonly<Record<Exclude<CheckCategory, 'inJob'>, WireEvaluationOrder>> = {
  system: 'system',
  static: 'sanityChecks',
  preCheck: 'preChecks',
  dynamic: 'main',
  postCheck: 'postChecks',
  postDeployment: 'postDeployment',
};

/** The pipeline's permission, which nobody sets up (CHK-3). */
const AUTHORIZATION = { id: 'e1a1fc6c-c278-4492-ae1c-c42f8697612c', name: 'Authorization' };

/** The id of a suite: the key of a check run with the number 0, which no check has. */
function suiteId(suite: FoundSuite): string {
  return checkRunId(suite, 0);
}

/** The id of one check of a suite; its timeline record has it, too. */
export function checkRunId({ run, place: stage, stage: { attempt } }: FoundSuite, check: number): string {
  return approvalGuid({ run: run.id, stage, attempt, check });
}

/** A suite in the published shape, with what is awaited in words (REST.md §3.6). */
export function wireSuite(app: App, project: ProjectRow, suite: FoundSuite): WireCheckSuite {
  const { run, stage, checks, locks } = suite;
  const checkRuns = [
    ...checks.map((check) => wireRun(app, project, suite, check)),
    ...locks.map((request) => lockCheckRun(app, project, request)),
  ];
  const status = statusOf(checkRuns, stage);
  const over = status === 'running' ? undefined : lastOf(checkRuns);
  return {
    id: suiteId(suite),
    status,
    message: messageOf(checkRuns, status),
    ...(over !== undefined && { completedDate: over }),
    checkRuns,
    context: {
      run: { id: run.id, name: run.number },
      pipeline: { id: run.definition.id, name: run.definition.name },
      stage: { name: stage.name, attempt: stage.attempt },
    },
    _links: {
      self: { href: apiUrl(app, project, `pipelines/checks/runs/${suiteId(suite)}`) },
      web: { href: runPageUrl(app, project, run.id) },
    },
  };
}

/** One decision for the whole (CHK-32): the first check that said no decides it. */
function statusOf(runs: readonly WireCheckRun[], stage: StageState): CheckStatus {
  const no = (['rejected', 'timedOut', 'canceled'] as const).find((status) =>
    runs.some((run) => run.status === status),
  );
  if (no !== undefined) return no;
  const asked = runs.filter(
    ({ evaluationOrder, status }) => evaluationOrder !== 'postDeployment' || status !== 'queued',
  );
  if (asked.every(({ status }) => status === 'approved' || status === 'bypassed')) return 'approved';
  return stage.phase === 'completed' ? 'canceled' : 'running';
}

function messageOf(runs: readonly WireCheckRun[], status: CheckStatus): string {
  const told = runs.find((run) => run.status === status && run.resultMessage !== '');
  if (told !== undefined) return told.resultMessage;
  const awaited = runs.filter(({ status: one }) => isAtWork(one) || one === 'deferred');
  return awaited.length === 0 ? '' : `Waits for ${awaited.map(({ displayName }) => displayName).join(', ')}.`;
}

function wireRun(app: App, project: ProjectRow, suite: FoundSuite, check: CheckRun): WireCheckRun {
  const { number, status, message = '', category } = check;
  return {
    id: checkRunId(suite, number),
    status,
    resultMessage: message,
    ...timeField('createdDate', check.startedAt),
    ...timeField('completedDate', check.endedAt),
    // A suite has none that is asked in a job.
    evaluationOrder: category === 'inJob' ? 'main' : ORDERS[category],
    checkConfigurationRef: configurationRef(app, project, check),
    resultUpdates: updatesOf(check),
    displayName: checkName(check),
    waitsFor: isAwaited(suite.stage, check) ? checkSentence(suite.run, suite.stage, check) : '',
    ...timeField('timeoutOn', check.dueAt),
    ...timeField('validUntil', check.validUntil),
    ...timeField('deferredTo', check.deferredUntil),
    actions: kindOf(check).operations,
  };
}

function updatesOf({ operated }: CheckRun): WireCheckRun['resultUpdates'] {
  if (operated === undefined) return [];
  const { what: action, by, at, reason: comment } = operated;
  return [{ action, comment, modifiedBy: identityRef(by), modifiedOn: wireTime(at) }];
}

function configurationRef(
  app: App,
  project: ProjectRow,
  { configuration }: CheckRun,
): WireCheckRun['checkConfigurationRef'] {
  const { id: row, version, resource, settings } = configuration;
  const { type, id: resourceId, name } = resource;
  const shown = { type, id: resourceId, name };
  if (settings.kind === 'authorization') return { type: AUTHORIZATION, resource: shown };
  const id = wireCheckId(row);
  const url = apiUrl(app, project, `pipelines/checks/configurations/${id}`);
  return { id, version, url, type: WIRE_KINDS[settings.kind].type, resource: shown };
}

function lastOf(runs: readonly WireCheckRun[]): WireTime | undefined {
  return runs
    .flatMap(({ completedDate }) => completedDate ?? [])
    .toSorted()
    .at(-1);
}

function timeField<N extends string>(name: N, at: Instant | undefined): Partial<Record<N, string>> {
  return at === undefined ? {} : ({ [name]: wireTime(at) } as Partial<Record<N, string>>);
}
