import { fold } from '@signalbox/model';
import type { RunState } from '@signalbox/engine';
import { checkLogNumber, type LogPlace } from '../../checks/check-log.ts';
import { findCheck, jobIdOf, type CheckPlace } from '../../checks/check-place.ts';
import type { Ask } from '../ask.ts';
import { badRequest, forbidden, notFound } from '../problem.ts';
import { approvalKey } from '../pipelines/approval-id.ts';

/** The check run that a service speaks for, and its run. */
export interface OwnCheck {
  readonly run: RunState;
  readonly place: CheckPlace;
  readonly log: LogPlace;
}

/** `checks` is what we send; `build` is what callers of jobs are used to. */
const HUBS: readonly string[] = ['checks', 'build'];

/**
 * The check run of the token, or, for an administrator whose service outlived its token, the one that `jobId` names
 * (HOOK-8). The path must be that of its run: whoever has a token learns nothing of other runs.
 */
export async function ownCheck(ask: Ask, jobId?: string): Promise<OwnCheck> {
  const { principal } = ask;
  if (!HUBS.includes(ask.param('hub').toLowerCase()))
    throw notFound('TaskHub', `The hub ${ask.param('hub').slice(0, 40)}`);
  const project = await ask.project();
  const place = principal.role === 'check' ? principal.check : await namedCheck(ask, jobId);
  const run = await ask.app.store.runs.get(place.run);
  const isHere = run?.project === project.id && run.planId === fold(ask.param('planId'));
  if (run === undefined || !isHere) throw notFound('TaskOrchestrationPlan', planText(ask));
  const timeline = ask.param('timelineId');
  if (timeline !== '' && fold(timeline) !== run.planId)
    throw notFound('Timeline', `The timeline ${timeline.slice(0, 40)}`);
  requireOwn(jobId, place);
  return { run, place, log: { run: run.id, log: checkLogNumber(place, run.stages.length) } };
}

/** Refuses the id of another check run: a token writes for its own only (HOOK-8). */
function requireOwn(jobId: string | undefined, place: CheckPlace): void {
  if (jobId === undefined || fold(jobId) === jobIdOf(place)) return;
  throw forbidden('The token is for another check run; send the JobId that came with it.');
}

async function namedCheck(ask: Ask, jobId: string | undefined): Promise<CheckPlace> {
  if (jobId === undefined)
    throw badRequest('Only the token that came with the request of a check can write its log here.');
  const place = approvalKey(jobId);
  const found = place === undefined ? undefined : await findCheck(ask.app.store, place);
  if (found === undefined) throw notFound('Job', `The check run ${jobId.slice(0, 40)}`);
  return found.place;
}

function planText(ask: Ask): string {
  return `The plan ${ask.param('planId').slice(0, 40)}`;
}
