import type { Millis } from '@signalbox/model';
import type { OccasionOutcome, OccasionRow } from '@signalbox/store';
import type { App } from '../app.ts';
import { RepositoryError } from '../git/git-program.ts';
import type { Decision, Matter } from './decision.ts';
import { ignore } from './decision.ts';
import { judgeCompletion } from './judge-completion.ts';
import { judgePipelineChanged } from './judge-pipeline.ts';
import { judgePullRequest } from './judge-pull-request.ts';
import { judgeDeletedBranch, judgePushOccasion } from './judge-push.ts';
import { judgeSchedule } from './judge-schedule.ts';
import { occasionOf, type Occasion } from './occasion.ts';
import { startRun } from './start-run.ts';
import { triggerSettings } from './trigger-settings.ts';

/** What cannot be decided now is tried so often: a repository that does not answer is back within minutes, or not. */
const TRIES = 8;
const FIRST_PAUSE_MS: Millis = 2000;
const LONGEST_PAUSE_MS: Millis = 300_000;

/** Carries one occasion as far as it goes now, and notes where that is. */
export async function handleOccasion(app: App, row: OccasionRow): Promise<void> {
  const { triggers } = app.store;
  try {
    const decision = await decide(app, row);
    if (decision.kind === 'wait') await triggers.postpone(row.id, decision.after);
    else await triggers.report(row.id, decision.outcome);
  } catch (error) {
    if (!(error instanceof RepositoryError)) app.logger.error({ err: error, what: 'trigger' }, 'work-failed');
    const why = error instanceof Error ? error.message : String(error);
    if (row.attempts >= TRIES) await triggers.report(row.id, { result: 'failed', why });
    else
      await triggers.postpone(row.id, Math.min(FIRST_PAUSE_MS * 2 ** (row.attempts - 1), LONGEST_PAUSE_MS));
  }
}

type Handled =
  { readonly kind: 'over'; readonly outcome: OccasionOutcome } | Extract<Decision, { readonly kind: 'wait' }>;

async function decide(app: App, row: OccasionRow): Promise<Handled> {
  const project = await app.store.projects.get(row.project);
  const definition = project && (await app.store.definitions.get(project.id, row.definition));
  if (project === undefined || definition === undefined) return over('ignored', 'The pipeline is gone.');
  const matter: Matter<Occasion> = { app, project, definition, row, occasion: occasionOf(row) };
  const decision = await judge(matter);
  switch (decision.kind) {
    case 'wait':
      return decision;
    case 'ignore':
      return over('ignored', decision.why);
    case 'fail':
      return over('failed', decision.why);
    case 'merge':
      return over('merged', `A later push stands for it.`);
    case 'start':
      return { kind: 'over', outcome: await startRun(matter, decision.start) };
  }
}

function over(result: OccasionOutcome['result'], why: string): Handled {
  return { kind: 'over', outcome: { result, why } };
}

async function judge(matter: Matter<Occasion>): Promise<Decision> {
  const { app, definition, occasion } = matter;
  if (occasion.kind === 'pipelineChanged') return judgePipelineChanged({ ...matter, occasion });
  if (occasion.kind === 'branchDeleted') return judgeDeletedBranch({ ...matter, occasion });
  if (definition.queueStatus === 'disabled') return ignore('The pipeline is disabled.');
  if (!(await triggerSettings(app.store, definition.id)).automatic) {
    return ignore('The triggers of the pipeline are switched off.');
  }
  switch (occasion.kind) {
    case 'push':
      return judgePushOccasion({ ...matter, occasion });
    case 'pullRequest':
      return judgePullRequest({ ...matter, occasion });
    case 'schedule':
      return judgeSchedule({ ...matter, occasion });
    case 'completion':
      return judgeCompletion({ ...matter, occasion });
  }
}
