import { scheduleHindrance } from '@signalbox/engine';
import { minutes } from '@signalbox/model';
import { repositoryUrlOf } from '../work/source.ts';
import { ignore, type Decision, type Matter } from './decision.ts';
import type { Occasion } from './occasion.ts';

type Schedule = Extract<Occasion, { readonly kind: 'schedule' }>;

const QUARTER_MS = minutes(15);
const WEEK_MS = minutes(7 * 24 * 60);

/** What the time of a schedule comes to (TRIG-31, TRIG-34, TRIG-35). */
export async function judgeSchedule(matter: Matter<Schedule>): Promise<Decision> {
  const { occasion } = matter;
  const { branch, displayName = '' } = occasion;
  const commit = await newestOf(matter);
  if (commit === undefined) return ignore('The branch is gone.');
  const hindrance = scheduleHindrance(occasion, {
    changed: await hasChanged(matter, commit),
    inProgress: await isInProgress(matter),
    recent: await recentOf(matter),
  });
  if (hindrance !== undefined) return ignore(hindrance);
  return {
    kind: 'start',
    start: {
      branch,
      commit,
      reason: 'schedule',
      requestedFor: 'Signalbox',
      cause: {
        info: { scheduleName: displayName },
        variables: { 'Build.CronSchedule.DisplayName': displayName },
      },
    },
  };
}

async function newestOf({ app, definition, occasion }: Matter<Schedule>): Promise<string | undefined> {
  const refs = await app.repositories.refs(repositoryUrlOf(definition), [occasion.branch]);
  return refs[occasion.branch];
}

/** The source, or the pipeline itself, is another one than at the last scheduled run that succeeded. */
async function hasChanged(
  { app, project, definition, occasion }: Matter<Schedule>,
  commit: string,
): Promise<boolean> {
  const { items } = await app.store.runs.list(project.id, {
    definitions: [definition.id],
    branch: occasion.branch,
    reasons: ['schedule'],
    results: ['succeeded'],
    limit: 1,
  });
  const [last] = items;
  return last === undefined || last.commit !== commit || last.queueTime < definition.updatedAt;
}

async function isInProgress({ app, project, definition, occasion }: Matter<Schedule>): Promise<boolean> {
  const { items } = await app.store.runs.list(project.id, {
    definitions: [definition.id],
    branch: occasion.branch,
    reasons: ['schedule'],
    statuses: ['notStarted', 'inProgress', 'cancelling'],
    limit: 1,
  });
  return items.length > 0;
}

async function recentOf({
  app,
  project,
  definition,
}: Matter<Schedule>): Promise<{ quarter: number; week: number }> {
  const now = app.clock();
  const { items } = await app.store.runs.list(project.id, {
    definitions: [definition.id],
    reasons: ['schedule'],
    minTime: now - WEEK_MS,
    limit: 1000,
  });
  return {
    week: items.length,
    quarter: items.filter(({ queueTime }) => queueTime > now - QUARTER_MS).length,
  };
}
