import type { WireRecord, WireTimeline } from '@signalbox/api';
import { fold } from '@signalbox/model';
import type { Ask, Handlers } from '../ask.ts';
import { notFound } from '../problem.ts';
import { apiUrl } from '../shape/common.ts';
import { timelineRecords } from '../shape/timeline.ts';
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
  if (id !== undefined && fold(id) !== run.planId)
    throw notFound('Timeline', `The timeline ${id.slice(0, 40)}`);
  const plan = await ask.app.store.runs.plan(run.id);
  if (plan === undefined) throw notFound('Timeline', `The timeline of build ${run.id}`);
  const url = apiUrl(ask.app, project, `build/builds/${run.id}`);
  const records: readonly WireRecord[] = await withLockReasons(ask, found, timelineRecords(run, plan, url));
  return { id: run.planId, changeId: records.length, url: `${url}/Timeline/${run.planId}`, records };
}
