import type { NotificationEvent } from '@signalbox/api';
import { checkName, isApproval, type ApprovalCheck, type CheckRun, type StageState } from '@signalbox/engine';
import { fold, type Instant } from '@signalbox/model';
import type { JsonObject } from '@signalbox/store';
import { toJsonObject } from '../http/read/json-object.ts';
import { approvalGuid, type ApprovalKey } from '../http/pipelines/approval-id.ts';
import { waitsFor, wireApproval } from '../http/shape/approval.ts';
import { wireTime } from '../http/shape/common.ts';
import type { Happening } from './happening.ts';
import { factsOf, type Fact } from './notice.ts';
import { runFactsOf, runLink, runName, runResource, stageFacets, type RunStory } from './story.ts';
import type { Draft } from './tell-run.ts';
import { timeText } from './time-text.ts';

type CheckHappening = Happening & { readonly kind: 'check' };

/** A check with the stage that waits for it. */
interface FoundCheck {
  readonly key: ApprovalKey;
  readonly stage: StageState;
  readonly check: CheckRun;
}

// Nobody looks at a notice as somebody: what it says of permissions is what everybody may.
const NOBODY = { name: '', groups: [], administrator: false };

/** What is told of a check's turn; nothing when a newer attempt of the stage has taken its place. */
export function tellCheck(story: RunStory, happening: CheckHappening, at: Instant): readonly Draft[] {
  const found = findCheck(story, happening);
  if (found === undefined) return [];
  const { run } = story.parts;
  const { check, stage } = found;
  const event = eventOf(happening, isApproval(check));
  const name = checkName(check);
  const notice = {
    event,
    at: wireTime(at),
    title: `${name.charAt(0).toUpperCase()}${name.slice(1)} ${turnText(happening, check)}: stage ${stage.name} of ${runName(run)}.`,
    facts: [...checkFacts(found, happening), ...runFactsOf(story.parts)],
    link: runLink(story),
    resource: resourceOf(story, found, happening),
    projectId: story.project.guid,
  };
  const { resource } = check.configuration;
  const facets = stageFacets(run, stage.name);
  const environments = resource.type === 'environment' ? [resource.name] : facets.environments;
  const results = happening.turn === 'ended' ? { results: [happening.status] } : {};
  return [{ event, notice, facets: { ...facets, ...(environments && { environments }), ...results } }];
}

function findCheck({ parts }: RunStory, happening: CheckHappening): FoundCheck | undefined {
  const { stages, id } = parts.run;
  const place = stages.findIndex(({ name }) => fold(name) === fold(happening.stage));
  const stage = stages[place];
  const check = stage?.checkpoint?.checks[happening.check - 1];
  if (stage === undefined || check === undefined) return undefined;
  return { key: { run: id, stage: place, attempt: stage.attempt, check: check.number }, stage, check };
}

/** Approvals have words of their own, which are Azure's. */
function eventOf(happening: CheckHappening, approval: boolean): NotificationEvent {
  switch (happening.turn) {
    case 'started':
      return approval ? 'approval.pending' : 'check.started';
    case 'ended':
      return approval ? 'approval.completed' : 'check.completed';
    case 'moved':
      return approval ? 'approval.changed' : 'check.changed';
    case 'lapsed':
      return 'check.lapsed';
    case 'operated':
      return 'check.operated';
  }
}

function turnText(happening: CheckHappening, check: CheckRun): string {
  switch (happening.turn) {
    case 'started':
      return isApproval(check) ? 'is awaited' : 'began';
    case 'ended':
      return endText(happening.status);
    case 'moved':
      return `was acted on by ${happening.by}`;
    case 'lapsed':
      return 'counts no more and is asked again';
    case 'operated':
      return `${{ bypass: 'was bypassed', rerun: 'is run again', defer: 'was deferred' }[happening.what]} by ${happening.by}`;
  }
}

function endText(status: string): string {
  const texts: Readonly<Record<string, string>> = {
    approved: 'passed',
    rejected: 'was rejected',
    timedOut: 'timed out',
    canceled: 'was canceled',
  };
  return texts[status] ?? 'is over';
}

/** Who waits, since when, until when, and who can act. */
function checkFacts({ stage, check }: FoundCheck, happening: CheckHappening): readonly Fact[] {
  const { resource, settings } = check.configuration;
  const isOver = happening.turn === 'ended';
  const instructions = settings.kind === 'approval' ? settings.instructions : '';
  return factsOf(
    ['Stage', stage.name],
    [resource.type === 'environment' ? 'Environment' : 'Resource', resource.name],
    ['Since', check.startedAt === undefined ? undefined : timeText(check.startedAt)],
    ['Until', isOver || check.dueAt === undefined ? undefined : timeText(check.dueAt)],
    ['Who can act', isOver ? undefined : waitsFor(check).join(', ')],
    ['Instructions', isOver ? undefined : instructions],
    ['By', 'by' in happening ? happening.by : decidersOf(check)],
    ['Why', whyOf(happening)],
  );
}

/** Who decided, in the order of the places. */
function decidersOf(check: CheckRun): string | undefined {
  const steps = check.progress?.kind === 'approval' ? check.progress.steps : [];
  return [...new Set(steps.flatMap(({ actual }) => (actual === undefined ? [] : [actual])))].join(', ');
}

function whyOf(happening: CheckHappening): string | undefined {
  if (happening.turn === 'operated') return happening.reason;
  return 'message' in happening ? happening.message : undefined;
}

function resourceOf(story: RunStory, found: FoundCheck, happening: CheckHappening): JsonObject {
  const { key, stage, check } = found;
  const wire = runResource(story);
  const { resource } = check.configuration;
  const place = {
    projectId: story.project.guid,
    pipeline: wire['pipeline'] ?? null,
    stage: { name: stage.name, attempt: stage.attempt },
    run: wire,
    resource: { type: resource.type, id: resource.id, name: resource.name },
    id: check.number,
    url: runLink(story),
    stageName: stage.name,
    attemptId: stage.attempt,
  };
  if (isApproval(check))
    return { ...place, approval: approvalResource(story, { ...found, check }, happening) };
  const { settings } = check.configuration;
  const told = {
    id: approvalGuid(key),
    number: check.number,
    kind: settings.kind,
    name: checkName(check),
    turn: happening.turn,
    status: happening.turn === 'ended' ? happening.status : check.status,
    ...('by' in happening && { by: happening.by }),
    ...(whyOf(happening) !== undefined && { reason: whyOf(happening) }),
  };
  return { ...place, check: toJsonObject(told) };
}

/** The approval as it became then, whatever it is by now. */
function approvalResource(
  { app, project, parts }: RunStory,
  { key, stage, check }: FoundCheck & { readonly check: ApprovalCheck },
  happening: CheckHappening,
): JsonObject {
  const viewer = { app, project, person: NOBODY, steps: true };
  const { permissions: _, ...wire } = wireApproval({ key, run: parts.run, stage, check }, viewer);
  const status =
    happening.turn === 'started' ? 'pending' : happening.turn === 'ended' ? happening.status : wire.status;
  return toJsonObject({ ...wire, status });
}
