import {
  ATTACHMENT_BYTES,
  TESTS_AT_ONCE,
  type CoverageStatistic,
  type EnumTable,
  type TestOutcome,
  type TestReport,
} from '@signalbox/api';
import { jobPath, partName, type InstanceKey } from '@signalbox/engine';
import { isSha256 } from '../../../blobs/blob-store.ts';
import { VALUE_LENGTH } from '../../../limits.ts';
import type { Ask, Handlers } from '../../ask.ts';
import { badRequest, notFound } from '../../problem.ts';
import { fieldsOf, type Fields } from '../../read/fields.ts';
import { recordId } from '../../shape/record.ts';
import { required, requiredNumber } from '../agent-caller.ts';
import { leasedJob } from './leased-job.ts';

/** What steps leave with their run: attachments, results of tests, coverage (LOG-19 … LOG-21, LOG-35, LOG-36). */
export const jobResultHandlers: Handlers<'jobAttach' | 'jobTests' | 'jobCoverage'> = {
  jobAttach: async (ask) => attach(ask),
  jobTests: async (ask) => addTests(ask),
  jobCoverage: async (ask) => setCoverage(ask),
};

async function attach(ask: Ask): Promise<undefined> {
  const body = ask.body();
  const { run, row, owner } = await leasedJob(ask, requiredNumber(body, 'lease'));
  const { store } = ask.app;
  const sha256 = required(body, 'sha256');
  const size = requiredNumber(body, 'size');
  if (!isSha256(sha256) || size < 0 || size > ATTACHMENT_BYTES) throw badRequest('This is no attachment.');
  if (!(await store.blobs.uses(owner.owner, sha256))) {
    throw notFound('Content', `The content ${sha256}, to be sent first,`);
  }
  const attachment = {
    run: run.id,
    record: recordOf(row.instance, required(body, 'step', 512)),
    type: required(body, 'type'),
    name: required(body, 'name', 1024),
    sha256,
    size,
  };
  await store.results.attach(attachment, run.project);
  return done(ask);
}

/** The record of a step, as the timeline names it. */
function recordOf(instance: InstanceKey, step: string): string {
  return recordId(`${jobPath(instance)}.${partName(instance)}.${step}`, instance.jobAttempt);
}

async function addTests(ask: Ask): Promise<undefined> {
  const body = ask.body();
  const { run, row, pool } = await leasedJob(ask, requiredNumber(body, 'lease'));
  const results = body.list('results');
  if (results.length > TESTS_AT_ONCE) throw badRequest(`More than ${TESTS_AT_ONCE} results at once.`);
  const testRun = {
    run: run.id,
    key: `${pool}:${row.id}:${required(body, 'key')}`,
    title: required(body, 'title', 512),
    format: required(body, 'format'),
  };
  await ask.app.store.results.addTests(
    testRun,
    results.map((one) => readTest(fieldsOf(one, 'Each result'))),
  );
  return done(ask);
}

const OUTCOME: EnumTable<TestOutcome> = { passed: 2, failed: 3, notExecuted: 7 };

function readTest(test: Fields): TestReport {
  const outcome = test.word('outcome', OUTCOME);
  if (outcome === undefined) throw badRequest('"outcome" is missing.');
  return {
    number: requiredNumber(test, 'number'),
    name: required(test, 'name', 1024),
    storage: test.text('storage', 1024) ?? '',
    outcome,
    durationMs: Math.max(0, test.number('durationMs') ?? 0),
    message: test.text('message', VALUE_LENGTH) ?? '',
    stack: test.text('stack', VALUE_LENGTH) ?? '',
  };
}

async function setCoverage(ask: Ask): Promise<undefined> {
  const body = ask.body();
  const { run, row, pool } = await leasedJob(ask, requiredNumber(body, 'lease'));
  const statistics = body.list('statistics').map((one) => readStatistic(fieldsOf(one, 'Each statistic')));
  if (new Set(statistics.map(({ label }) => label)).size < statistics.length || statistics.length > 20)
    throw badRequest('At most 20 statistics, each of another label.');
  await ask.app.store.results.setCoverage(run.id, `${pool}:${row.id}:${required(body, 'key')}`, statistics);
  return done(ask);
}

function readStatistic(from: Fields): CoverageStatistic {
  const [covered, total] = [requiredNumber(from, 'covered'), requiredNumber(from, 'total')];
  if (covered < 0 || covered > total) throw badRequest('"covered" is a part of "total".');
  return { label: required(from, 'label', 64), covered, total };
}

async function done(ask: Ask): Promise<undefined> {
  await ask.reply.code(204).send();
  return undefined;
}
