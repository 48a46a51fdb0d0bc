import { nextTime, readCron, type SchedulePlan } from '@signalbox/model';
import type { ScheduleRow } from '@signalbox/store';
import type { App } from '../app.ts';
import { newOccasion, type Occasion } from './occasion.ts';
import { triggerSettings } from './trigger-settings.ts';

/**
 * Makes an occasion of each schedule whose time has come, and moves it on. Times that passed while nobody looked count
 * as one, the last; of two servers one is first. True when there was something to do.
 */
export async function ringSchedules({ store, clock }: Pick<App, 'store' | 'clock'>): Promise<boolean> {
  const due = await store.triggers.schedules({ dueBy: clock() });
  for (const schedule of due) await ring(store, schedule, clock());
  return due.length > 0;
}

async function ring(store: App['store'], schedule: ScheduleRow, now: number): Promise<void> {
  const { project, definition, branch, due } = schedule;
  const { cron, displayName, batch, always } = schedule.plan as unknown as SchedulePlan;
  const { timeZone } = await triggerSettings(store, definition);
  const times = readCron(cron);
  const next = times && nextTime(times, timeZone, now);
  const body: Occasion = {
    kind: 'schedule',
    branch,
    cron,
    batch,
    always,
    ...(displayName !== undefined && { displayName }),
  };
  const key = `schedule:${schedule.id}:${due}`;
  const occasion = newOccasion({ project, id: definition }, { key, lane: `schedule ${branch}`, body });
  await store.triggers.fire(schedule, { next, occasion });
}
