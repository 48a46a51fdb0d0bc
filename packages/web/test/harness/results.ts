import type { RunResultsView } from '@signalbox/api';

/** What the steps of a sample run left: tests, one of them failed, coverage, and a summary. */
export function sampleResults(): RunResultsView {
  return {
    timeline: 't',
    tests: [
      { id: 1, title: 'Unit tests', passed: 211, failed: 0, notExecuted: 3, durationMs: 8_200 },
      { id: 2, title: 'Contract tests', passed: 11, failed: 1, notExecuted: 0, durationMs: 4_100 },
    ],
    failedTests: [
      { testRun: 2, storage: 'orders', name: 'keeps the price', message: 'expected 12.50, was 12.5' },
    ],
    coverage: [{ label: 'Lines', covered: 1820, total: 2040 }],
    attachments: [{ type: 'Distributedtask.Core.Summary', name: 'release', size: 60, record: 'r' }],
  };
}

/** The text of its summary. */
export const SAMPLE_SUMMARY =
  '## Release 45\n\n- prices in cents\n- [the runbook](https://example.org/runbook)\n';
