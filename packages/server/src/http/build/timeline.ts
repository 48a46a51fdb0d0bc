import type { WireRecord, WireTimeline } from '@signalbox/api';
import { fold } from '@signalbox/model';
import type { Ask, Handlers } from '../ask.ts';
import { notFound } from '../problem.ts';
import { apiUrl } from '../shape/common.ts';
import { attemptOfTimeline } from '../shape/earlier-attempts.ts';
import { attemptRecords, timelineRecords } from '../shape/timeline.ts';
import { findRun } from './find-run.ts';
import { withLockReasons } from './lock-reasons.ts';

/** Timelines (REST.md §3.3). */
export const timelineHandlers: Handlers<'getTimeline' | 'getTimelineById'> = {
  getTimeline: async (ask) => timeline(ask),
  getTimelineById: async (ask) => timeline(ask, ask.param('timelineId')),
};

async function timeline(ask: Ask, id?: string): Promise<WireTimeline> {
  const found = await findRun(ask);
  const { run, project } = found;
  const isWhole = id === undefined || fold(id) === run.planId;
  const earlier = isWhole ? undefined : attemptOfTimeline(run, id);
  if (!isWhole && earlier === undefined) throw notFound('Timeline', `The timeline ${id.slice(0, 40)}`);
  const plan = await ask.app.store.runs.plan(run.id);
  if (plan === undefined) throw notFound('Timeline', `The timeline of build ${run.id}`);
  const url = apiUrl(ask.app, project, `build/builds/${run.id}`);
  const records: readonly WireRecord[] =
    earlier === undefined
      ? await withLockReasons(ask, found, timelineRecords(run, plan, url))
      : attemptRecords(earlier, { run, plan, url });
  const own = id === undefined || isWhole ? run.planId : fold(id);
  return { id: own, changeId: records.length, url: `${url}/Timeline/${own}`, records };
}
