import type { RunResultsView } from '@signalbox/api';

/** Failed tests that are named; the rest are counted. */
const FAILED_SHOWN = 10;

/** What the steps of a run left behind, in lines for a terminal; empty: nothing. */
export function resultLines(results: RunResultsView): readonly string[] {
  const { tests, failedTests, coverage, attachments } = results;
  const failed = tests.reduce((sum, one) => sum + one.failed, 0);
  const shown = failedTests.slice(0, FAILED_SHOWN);
  return [
    ...tests.map((one) => {
      const counts = `${one.passed} passed, ${one.failed} failed, ${one.notExecuted} not executed`;
      return `  tests     ${one.title}: ${counts}`;
    }),
    ...shown.map(({ name, storage, message }) => {
      const first = message.split('\n')[0] ?? '';
      return `            failed: ${storage === '' ? name : `${storage}.${name}`}${first === '' ? '' : ` (${first})`}`;
    }),
    ...(failed > shown.length ? [`            and ${failed - shown.length} more`] : []),
    ...coverage.map(({ label, covered, total }) => {
      const percent = total === 0 ? 0 : Math.floor((covered / total) * 1000) / 10;
      return `  coverage  ${label}: ${percent} % (${covered} of ${total})`;
    }),
    ...attachments.map(({ type, name, size }) => `  attached  ${name} (${kindOf(type)}, ${size} bytes)`),
  ];
}

const KINDS: Readonly<Record<string, string>> = {
  'distributedtask.core.summary': 'summary',
  'distributedtask.core.fileattachment': 'file',
  'distributedtask.core.log': 'log',
};

function kindOf(type: string): string {
  return KINDS[type.toLowerCase()] ?? type;
}
