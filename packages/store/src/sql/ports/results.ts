import type { ProjectId, RunId } from '@signalbox/model';
import type {
  Attachment,
  AttachmentRow,
  CoverageStatistic,
  RunResults,
  TestOutcome,
  TestResult,
  TestResultFilter,
  TestRunInput,
  TestRunRow,
} from '../../port/results.ts';
import { row, rows } from '../builder.ts';
import { found, type Runner } from '../runner.ts';
import type { Work } from '../work.ts';
import { useContents } from './blobs.ts';

/** Attachments, results of tests and coverage over a database. */
export function results(runner: Runner): RunResults {
  return {
    attach: (attachment, project) => runner.write(() => attach(runner, attachment, project)),
    attachments: (run, type) => runner.read(() => attachments(runner, run, type)),
    addTests: (testRun, tests) => runner.write(() => addTests(runner, testRun, tests)),
    testRuns: (run) => runner.read(() => testRuns(runner, { run })),
    async testRun(id) {
      return (await runner.read(() => testRuns(runner, { id })))[0];
    },
    testResults: (id, filter) => runner.read(() => testResults(runner, id, filter ?? {})),
    setCoverage: (run, key, statistics) => runner.write(() => setCoverage(runner, { run, key }, statistics)),
    coverage: (run) => runner.read(() => coverage(runner, run)),
  };
}

function* attach(runner: Runner, attachment: Attachment, project: ProjectId): Work<void> {
  const { sha256, size } = attachment;
  yield* rows(
    runner.db
      .insertInto('attachment')
      .values({ ...attachment, created_at: runner.clock() })
      .onConflict((conflict) =>
        conflict.columns(['run', 'record', 'type', 'name']).doUpdateSet({ sha256, size }),
      ),
  );
  yield* useContents(runner, { owner: `attachments:${attachment.run}`, project }, [sha256]);
}

function* attachments(runner: Runner, run: RunId, type: string | undefined): Work<readonly AttachmentRow[]> {
  const all = runner.db.selectFrom('attachment').selectAll().where('run', '=', run).orderBy('id');
  const known = yield* rows(type === undefined ? all : all.where('type', '=', type));
  return known.map(({ record, type: kind, name, sha256, size, created_at }) => ({
    run,
    record,
    type: kind,
    name,
    sha256,
    size,
    createdAt: created_at,
  }));
}

/** Parameters of one statement are bounded, on SQLite too. */
const BATCH = 100;

function* addTests(runner: Runner, testRun: TestRunInput, tests: readonly TestResult[]): Work<void> {
  const { run, key } = testRun;
  yield* rows(
    runner.db
      .insertInto('test_run')
      .values({ ...testRun, created_at: runner.clock() })
      .onConflict((conflict) => conflict.columns(['run', 'key']).doNothing()),
  );
  const known = runner.db.selectFrom('test_run').select('id').where('run', '=', run).where('key', '=', key);
  const { id } = found(yield* row(known), `test run of run ${run}`);
  for (let from = 0; from < tests.length; from += BATCH) {
    const values = tests
      .slice(from, from + BATCH)
      .map(({ durationMs, ...rest }) => ({ ...rest, test_run: id, duration_ms: durationMs }));
    yield* rows(
      runner.db
        .insertInto('test_result')
        .values(values)
        .onConflict((conflict) => conflict.columns(['test_run', 'number']).doNothing()),
    );
  }
}

function* testRuns(
  runner: Runner,
  which: { readonly run: RunId } | { readonly id: number },
): Work<readonly TestRunRow[]> {
  const all = runner.db.selectFrom('test_run').selectAll().orderBy('id');
  const known = yield* rows(
    'id' in which ? all.where('id', '=', which.id) : all.where('run', '=', which.run),
  );
  const made: TestRunRow[] = [];
  for (const { created_at, ...rest } of known) {
    const counted = yield* rows(
      runner.db
        .selectFrom('test_result')
        .select(({ fn }) => [
          'outcome' as const,
          fn.countAll<number | string>().as('count'),
          fn.sum<number | string>('duration_ms').as('duration'),
        ])
        .where('test_run', '=', rest.id)
        .groupBy('outcome'),
    );
    const count = (outcome: TestOutcome): number =>
      Number(counted.find((one) => one.outcome === outcome)?.count ?? 0);
    made.push({
      ...rest,
      createdAt: created_at,
      passed: count('passed'),
      failed: count('failed'),
      notExecuted: count('notExecuted'),
      durationMs: counted.reduce((sum, { duration }) => sum + Number(duration), 0),
    });
  }
  return made;
}

function* testResults(
  runner: Runner,
  id: number,
  { outcomes, skip = 0, top }: TestResultFilter,
): Work<readonly TestResult[]> {
  const all = runner.db.selectFrom('test_result').selectAll().where('test_run', '=', id).orderBy('number');
  const some = outcomes === undefined ? all : all.where('outcome', 'in', outcomes);
  const page = some.limit(top ?? Number.MAX_SAFE_INTEGER).offset(skip);
  return (yield* rows(page)).map(({ number, name, storage, outcome, duration_ms, message, stack }) => ({
    number,
    name,
    storage,
    outcome,
    durationMs: duration_ms,
    message,
    stack,
  }));
}

function* setCoverage(
  runner: Runner,
  { run, key }: { readonly run: RunId; readonly key: string },
  statistics: readonly CoverageStatistic[],
): Work<void> {
  yield* rows(runner.db.deleteFrom('coverage').where('run', '=', run).where('key', '=', key));
  if (statistics.length === 0) return;
  yield* rows(runner.db.insertInto('coverage').values(statistics.map((one) => ({ ...one, run, key }))));
}

function* coverage(runner: Runner, run: RunId): Work<readonly CoverageStatistic[]> {
  const summed = runner.db
    .selectFrom('coverage')
    .select(({ fn }) => [
      'label' as const,
      fn.sum<number | string>('covered').as('covered'),
      fn.sum<number | string>('total').as('total'),
    ])
    .where('run', '=', run)
    .groupBy('label')
    .orderBy('label');
  return (yield* rows(summed)).map(({ label, covered, total }) => ({
    label,
    covered: Number(covered),
    total: Number(total),
  }));
}
