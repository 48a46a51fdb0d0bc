import type { Collection, RunView } from '@signalbox/api';
import { listRuns } from '../build/builds.ts';
import { findRun, type FoundRun } from '../build/find-run.ts';
import { readRunFilter } from '../build/run-filter.ts';
import type { Ask, Handlers } from '../ask.ts';
import { notFound } from '../problem.ts';
import { collection } from '../shape/common.ts';
import { powersReader } from './check-powers.ts';
import { runView } from './run-view.ts';
import { readRunYaml } from './run-yaml.ts';
import { withWaitingJobs } from './waiting-jobs.ts';

/** Runs with their stages: the same filters and pages as the list of builds. */
export const runViewHandlers: Handlers<'runViews' | 'runView' | 'runYaml'> = {
  runViews: async (ask) => runViews(ask),
  runYaml: readRunYaml,
  runView: async (ask) => readRunView(ask, await findRun(ask, 'runId', 'Run')),
};

async function runViews(ask: Ask): Promise<Collection<RunView>> {
  const { items, next } = await listRuns(ask, readRunFilter(ask.query));
  if (next !== undefined) void ask.reply.header('x-ms-continuationtoken', next);
  const views: RunView[] = [];
  const [first] = items;
  const powers = first && powersReader(ask, first.project);
  for (const found of items) views.push(await readRunView(ask, found, powers));
  return collection(views);
}

/** A run as its caller sees it, with what he may do about its checks. */
export async function readRunView(
  ask: Ask,
  { run, project }: FoundRun,
  powers: ReturnType<typeof powersReader> = powersReader(ask, project),
): Promise<RunView> {
  const plan = await ask.app.store.runs.plan(run.id);
  if (plan === undefined) throw notFound('Run', `The run ${run.id}`);
  const view = runView(run, { project, plan, powers: await powers(run) });
  return withWaitingJobs(ask, run, view);
}
