import type { WireApproval, WireApprovalStatus, WireApprovalStep, WireApprover } from '@signalbox/api';
import {
  approvalSteps,
  fits,
  isAtWork,
  type ApprovalCheck,
  type ApprovalStep,
  type CheckRun,
  type Person,
  type RunState,
} from '@signalbox/engine';
import { approverText, fold, type Approver, type Instant } from '@signalbox/model';
import type { ProjectRow } from '@signalbox/store';
import type { App } from '../../app.ts';
import { nameGuid } from '../../guid.ts';
import { approvalGuid, type ApprovalKey } from '../pipelines/approval-id.ts';
import { apiUrl, identityRef, runPageUrl, wireTime } from './common.ts';

/** An approval with the run that asks for it. */
export interface FoundApproval {
  readonly key: ApprovalKey;
  readonly run: RunState;
  readonly stage: RunState['stages'][number];
  readonly check: ApprovalCheck;
}

/** For whom it is shaped. */
export interface ApprovalViewer {
  readonly app: App;
  readonly project: ProjectRow;
  readonly person: Person;
  /** Whether the steps are wanted. */
  readonly steps: boolean;
}

/** An approval in the published shape, with who is awaited (REST.md §3.6). */
export function wireApproval(
  { key, run, stage, check }: FoundApproval,
  viewer: ApprovalViewer,
): WireApproval {
  const { app, project, person } = viewer;
  const { settings, resource } = check.configuration;
  const steps = approvalSteps(check);
  const id = approvalGuid(key);
  const last = lastChange(check);
  return {
    id,
    status: statusOf(check),
    ...timeField('createdOn', check.startedAt),
    ...timeField('lastModifiedOn', last),
    executionOrder: settings.executionOrder,
    minRequiredApprovers: settings.minRequiredApprovers,
    blockedApprovers: settings.blockedApprovers.map(wireApprover),
    instructions: settings.instructions,
    steps: viewer.steps ? steps.map(wireStep) : [],
    permissions: permissionsOf(person, steps),
    pipeline: {
      id: String(run.definition.id),
      name: run.definition.name,
      owner: {
        id: run.id,
        name: run.number,
        _links: {
          web: { href: runPageUrl(app, project, run.id) },
          self: { href: apiUrl(app, project, `build/builds/${run.id}`) },
        },
      },
    },
    _links: { self: { href: apiUrl(app, project, `pipelines/approvals/${id}`) } },
    stage: { name: stage.name, attempt: stage.attempt },
    resource: { type: resource.type, id: resource.id, name: resource.name },
    waitsFor: waitsFor(check),
    ...timeField('timeoutOn', check.dueAt),
    ...(check.message !== undefined && { message: check.message }),
  };
}

/** Whose decision is awaited now, as people read it. */
export function waitsFor(check: CheckRun): readonly string[] {
  if (!isAtWork(check.status)) return [];
  const pending = approvalSteps(check).filter((step) => step.status === 'pending');
  return pending.map(({ assigned }) => approverText(assigned));
}

/**
 * The status of the whole (APPR-12); one that nobody can act on any more, but that does not count yet, is deferred. One
 * that an administrator passed by is skipped.
 */
export function statusOf(check: CheckRun): WireApprovalStatus {
  const { status } = check;
  if (status === 'queued') return 'uninitiated';
  if (status === 'bypassed') return 'skipped';
  if (status !== 'running' && status !== 'rerunning') return status;
  return approvalSteps(check).some((step) => step.status === 'pending') ? 'pending' : 'deferred';
}

/** A user or a group on the wire. */
export function wireApprover({ kind, name }: Approver): WireApprover {
  if (kind === 'user') return identityRef(name);
  const id = nameGuid('group', fold(name));
  return { id, displayName: name, uniqueName: name, descriptor: `sbx.${id}`, isContainer: true };
}

function wireStep(step: ApprovalStep): WireApprovalStep {
  const { actual, actedAt, deferredTo, initiatedAt } = step;
  return {
    assignedApprover: wireApprover(step.assigned),
    ...(actual !== undefined && { actualApprover: identityRef(actual), lastModifiedBy: identityRef(actual) }),
    status: step.status,
    comment: step.comment ?? '',
    order: step.order,
    ...timeField('initiatedOn', initiatedAt),
    ...timeField('lastModifiedOn', actedAt ?? step.history.at(-1)?.at ?? initiatedAt),
    ...timeField('deferredTo', deferredTo),
    history: step.history.map(({ to, by, at, comment = '' }) => ({
      assignedTo: wireApprover(to),
      createdBy: identityRef(by),
      createdOn: wireTime(at),
      comment,
    })),
  };
}

function permissionsOf(person: Person, steps: readonly ApprovalStep[]): string {
  const mine = steps.some(({ status, assigned }) => status === 'pending' && fits(person, assigned));
  return [
    'view',
    ...(mine ? ['update'] : []),
    ...(mine || person.administrator ? ['reassign'] : []),
    ...(person.administrator ? ['resourceAdmin'] : []),
  ].join(', ');
}

function lastChange(check: CheckRun): Instant | undefined {
  const { endedAt, startedAt } = check;
  const acts = approvalSteps(check).flatMap(({ actedAt, history }) => [
    ...(actedAt === undefined ? [] : [actedAt]),
    ...history.map(({ at }) => at),
  ]);
  const times = [...acts, ...(startedAt === undefined ? [] : [startedAt])];
  return endedAt ?? (times.length === 0 ? undefined : Math.max(...times));
}

function timeField<N extends string>(name: N, at: Instant | undefined): Partial<Record<N, string>> {
  return at === undefined ? {} : ({ [name]: wireTime(at) } as Partial<Record<N, string>>);
}
