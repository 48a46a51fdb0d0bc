import type { RunResultsView, WireReport } from '@signalbox/api';
import type { TestRunRow } from '@signalbox/store';
import type { App } from '../../app.ts';
import type { Ask, Handlers } from '../ask.ts';
import { findRun, type FoundRun } from '../build/find-run.ts';
import { escaped } from '../shape/markup.ts';

/** What the steps of a run left behind, at a glance. */
export const runResultHandlers: Handlers<'runResults' | 'buildReport'> = {
  runResults: async (ask) => runResults(ask, await findRun(ask, 'runId', 'Run')),
  buildReport: async (ask) => buildReport(ask),
};

/** As many failed tests as a page shows; the test runs have them all. */
const FAILED_SHOWN = 50;
const MESSAGE_SHOWN = 500;

async function runResults({ app }: Ask, { run }: FoundRun): Promise<RunResultsView> {
  const { results } = app.store;
  const testRuns = await results.testRuns(run.id);
  const attachments = await results.attachments(run.id);
  return {
    timeline: run.planId,
    tests: testRuns.map(({ id, title, passed, failed, notExecuted, durationMs }) => ({
      id,
      title,
      passed,
      failed,
      notExecuted,
      durationMs,
    })),
    failedTests: await failedTests(app, testRuns),
    coverage: await results.coverage(run.id),
    attachments: attachments.map((one) => ({
      type: one.type,
      name: one.name,
      size: one.size,
      record: one.record,
    })),
  };
}

async function failedTests(
  app: App,
  testRuns: readonly TestRunRow[],
): Promise<RunResultsView['failedTests']> {
  const found: RunResultsView['failedTests'][number][] = [];
  for (const { id, failed } of testRuns) {
    if (failed === 0 || found.length >= FAILED_SHOWN) continue;
    const top = FAILED_SHOWN - found.length;
    for (const { name, storage, message } of await app.store.results.testResults(id, {
      outcomes: ['failed'],
      top,
    }))
      found.push({ testRun: id, name, storage, message: message.slice(0, MESSAGE_SHOWN) });
  }
  return found;
}

/** A few lines of HTML; everything in it that others wrote is escaped. */
async function buildReport(ask: Ask): Promise<WireReport> {
  const { run } = await findRun(ask);
  const stages = run.stages.map(
    (stage) => `<li>${escaped(stage.name)}: ${stage.phase === 'completed' ? stage.result : stage.phase}</li>`,
  );
  const testRuns = await ask.app.store.results.testRuns(run.id);
  const tests = testRuns.map(
    ({ title, passed, failed, notExecuted }) =>
      `<li>${escaped(title)}: ${passed} passed, ${failed} failed, ${notExecuted} not executed</li>`,
  );
  const title = `${escaped(run.definition.name)} ${escaped(run.number)}`;
  const content = [
    `<h1>${title}: ${run.result ?? run.status}</h1>`,
    `<ul>${stages.join('')}</ul>`,
    ...(tests.length > 0 ? [`<h2>Tests</h2><ul>${tests.join('')}</ul>`] : []),
  ];
  return { buildId: run.id, content: content.join('\n'), type: 'html' };
}
