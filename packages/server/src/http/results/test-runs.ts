import type {
  Collection,
  EnumTable,
  TestOutcome,
  WireCoverage,
  WireTestResult,
  WireTestRun,
} from '@signalbox/api';
import type { ProjectRow, TestResult, TestRunRow } from '@signalbox/store';
import type { App } from '../../app.ts';
import type { Ask, Handlers } from '../ask.ts';
import { findRun } from '../build/find-run.ts';
import { badRequest, notFound } from '../problem.ts';
import { apiUrl, collection, wireTime } from '../shape/common.ts';

/** Results of tests and coverage, in the words of the Test API (LOG-35, LOG-36). */
export const testHandlers: Handlers<'listTestRuns' | 'getTestRun' | 'listTestResults' | 'codeCoverage'> = {
  listTestRuns: async (ask) => listTestRuns(ask),
  async getTestRun(ask) {
    const { testRun, project } = await findTestRun(ask);
    return wireTestRun(ask.app, project, testRun);
  },
  listTestResults: async (ask) => listTestResults(ask),
  codeCoverage: async (ask) => codeCoverage(ask),
};

async function listTestRuns(ask: Ask): Promise<Collection<WireTestRun>> {
  const uri = ask.query.text('buildUri') ?? '';
  const id = /^vstfs:\/\/\/build\/build\/(\d{1,15})$/i.exec(uri)?.[1] ?? ask.query.text('buildIds');
  if (id === undefined || !/^\d{1,15}$/.test(id))
    throw badRequest('"buildUri" must name a run: vstfs:///Build/Build/7.');
  const { run, project } = await findRun({ ...ask, id: () => Number(id) });
  const testRuns = await ask.app.store.results.testRuns(run.id);
  return collection(testRuns.map((one) => wireTestRun(ask.app, project, one)));
}

/** A test run of a run that the caller may see; any other does not exist for him. */
async function findTestRun(
  ask: Ask,
): Promise<{ readonly testRun: TestRunRow; readonly project: ProjectRow }> {
  const id = ask.id('testRunId', 'TestRun');
  const testRun = await ask.app.store.results.testRun(id);
  if (testRun === undefined) throw notFound('TestRun', `The test run ${id}`);
  const { project } = await findRun({ ...ask, id: () => testRun.run }, 'testRunId', 'TestRun');
  return { testRun, project };
}

function wireTestRun(app: App, project: ProjectRow, row: TestRunRow): WireTestRun {
  const { id, title, run, passed, failed, notExecuted, createdAt, durationMs } = row;
  const counts = { Passed: passed, Failed: failed, NotExecuted: notExecuted };
  return {
    id,
    name: title,
    url: apiUrl(app, project, `test/runs/${id}`),
    state: 'Completed',
    isAutomated: true,
    build: { id: String(run) },
    startedDate: wireTime(createdAt - durationMs),
    completedDate: wireTime(createdAt),
    totalTests: passed + failed + notExecuted,
    passedTests: passed,
    unanalyzedTests: failed,
    notApplicableTests: notExecuted,
    incompleteTests: 0,
    runStatistics: Object.entries(counts)
      .filter(([, count]) => count > 0)
      .map(([outcome, count]) => ({ outcome, count })),
  };
}

const OUTCOME: EnumTable<TestOutcome> = { passed: 2, failed: 3, notExecuted: 7 };
const OUTCOMES = { passed: 'Passed', failed: 'Failed', notExecuted: 'NotExecuted' } as const;

async function listTestResults(ask: Ask): Promise<Collection<WireTestResult>> {
  const { testRun } = await findTestRun(ask);
  const outcomes = ask.query.words('outcomes', OUTCOME);
  const results = await ask.app.store.results.testResults(testRun.id, {
    ...(outcomes !== undefined && { outcomes }),
    skip: Math.max(0, ask.query.number('$skip') ?? 0),
    top: ask.query.top(1000),
  });
  return collection(results.map((one) => wireTestResult(testRun, one)));
}

function wireTestResult({ id, title }: TestRunRow, result: TestResult): WireTestResult {
  const { number, name, storage, outcome, durationMs, message, stack } = result;
  return {
    id: number,
    testCaseTitle: name,
    automatedTestName: storage === '' ? name : `${storage}.${name}`,
    automatedTestStorage: storage,
    outcome: OUTCOMES[outcome],
    durationInMs: durationMs,
    errorMessage: message,
    stackTrace: stack,
    testRun: { id: String(id), name: title },
  };
}

async function codeCoverage(ask: Ask): Promise<WireCoverage> {
  const id = ask.query.number('buildId');
  if (id === undefined) throw badRequest('"buildId" is missing.');
  const { run } = await findRun({ ...ask, id: () => id });
  const statistics = await ask.app.store.results.coverage(run.id);
  const stats = statistics.map((one, index) => ({
    ...one,
    position: index + 1,
    isDeltaAvailable: false as const,
  }));
  return {
    build: { id: String(run.id) },
    coverageData: stats.length === 0 ? [] : [{ coverageStats: stats }],
  };
}
