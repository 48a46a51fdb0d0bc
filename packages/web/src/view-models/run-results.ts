import type { RunResultsView } from '@signalbox/api';
import { counted } from './names.ts';

/** The results of a run as the page shows them. */
export interface RunResultsModel {
  readonly tests: readonly { readonly key: string; readonly text: string; readonly bad: boolean }[];
  readonly failed: readonly { readonly key: string; readonly name: string; readonly message: string }[];
  readonly coverage: readonly string[];
  /** Markdown that steps uploaded, with where it is. */
  readonly summaries: readonly RunResultsView['attachments'][number][];
}

const SUMMARY = 'distributedtask.core.summary';
/** Larger ones are read elsewhere: a page is not a book. */
const SUMMARY_BYTES = 64 * 1024;

/** The results of a run; undefined when its steps left nothing that the page shows. */
export function runResultsModel(results: RunResultsView): RunResultsModel | undefined {
  const { tests, failedTests, coverage, attachments } = results;
  const summaries = attachments.filter(
    ({ type, size }) => type.toLowerCase() === SUMMARY && size <= SUMMARY_BYTES,
  );
  if (tests.length + coverage.length + summaries.length === 0) return undefined;
  return {
    tests: tests.map(({ id, title, passed, failed, notExecuted }) => ({
      key: String(id),
      text: `${title}: ${passed} of ${counted(passed + failed + notExecuted, 'test')} passed, ${failed} failed`,
      bad: failed > 0,
    })),
    failed: failedTests.map(({ testRun, name, storage, message }, index) => ({
      key: `${testRun}/${index}`,
      name: storage === '' ? name : `${storage}.${name}`,
      message,
    })),
    coverage: coverage.map(({ label, covered, total }) => {
      const percent = total === 0 ? 0 : Math.floor((covered / total) * 1000) / 10;
      return `${label}: ${percent} % covered (${covered} of ${total})`;
    }),
    summaries,
  };
}
