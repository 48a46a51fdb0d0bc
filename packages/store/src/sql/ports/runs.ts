import type { RunState } from '@signalbox/engine';
import { fold, type ProjectId, type RunId } from '@signalbox/model';
import type { Runs } from '../../port/runs.ts';
import { row, rows } from '../builder.ts';
import { runDoc } from '../hot/run.ts';
import { documents } from '../load-interlocking.ts';
import { found, type Runner } from '../runner.ts';
import { loadPlan } from '../load-run.ts';
import { all, type Work } from '../work.ts';
import { listRuns } from './run-list.ts';
import { removalOf, removeRun } from './run-removal.ts';

/** Runs over a database. */
export function runs(runner: Runner): Runs {
  return {
    get: (id) => runner.read(() => get(id)),
    plan: (id) => runner.read(() => loadPlan(runner.plans, id)),
    list: (project, filter) => runner.read(() => listRuns(runner, project, filter ?? {})),
    tags: (run) => runner.read(() => tags(runner, run)),
    addTags: (run, added) => runner.write(() => addTags(runner, run, added)),
    removeTag: (run, tag) => runner.write(() => removeTag(runner, run, tag)),
    tagsOfProject: (project) => runner.read(() => tagsOfProject(runner, project)),
    forgetTag: (project, tag) => runner.write(() => forgetTag(runner, project, tag)),
    remove: (id, by) => runner.write(() => removeRun(runner, id, by)),
    removal: (id) => runner.read(() => removalOf(runner, id)),
  };
}

function* get(id: RunId): Work<RunState | undefined> {
  return documents<RunState>(yield* all(runDoc, id))[0];
}

function* tags(runner: Runner, run: RunId): Work<readonly string[]> {
  const known = yield* rows(
    runner.db.selectFrom('run_tag').select('name').where('run', '=', run).orderBy('folded'),
  );
  return known.map(({ name }) => name);
}

function* addTags(runner: Runner, run: RunId, added: readonly string[]): Work<readonly string[]> {
  const place = runner.db.selectFrom('run').select(['project', 'queue_time']).where('id', '=', run);
  const { project, queue_time } = found(yield* row(place), `run ${run}`);
  if (added.length > 0) {
    yield* rows(
      runner.db
        .insertInto('run_tag')
        .values(added.map((name) => ({ run, folded: fold(name), name, project, queue_time })))
        .onConflict((conflict) => conflict.columns(['run', 'folded']).doNothing()),
    );
  }
  return yield* tags(runner, run);
}

function* removeTag(runner: Runner, run: RunId, tag: string): Work<readonly string[]> {
  yield* rows(runner.db.deleteFrom('run_tag').where('run', '=', run).where('folded', '=', fold(tag)));
  return yield* tags(runner, run);
}

function* tagsOfProject(runner: Runner, project: ProjectId): Work<readonly string[]> {
  const query = runner.db
    .selectFrom('run_tag')
    .select(({ fn }) => ['folded' as const, fn.min<string>('name').as('name')])
    .where('project', '=', project)
    .groupBy('folded')
    .orderBy('folded');
  return (yield* rows(query)).map(({ name }) => name);
}

function* forgetTag(runner: Runner, project: ProjectId, tag: string): Work<void> {
  yield* rows(runner.db.deleteFrom('run_tag').where('project', '=', project).where('folded', '=', fold(tag)));
}
