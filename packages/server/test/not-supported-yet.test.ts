import { compile, diagnosticTable } from '@signalbox/compiler';
import { notRunnable } from '@signalbox/engine';
import { describe, expect, it } from 'vitest';

describe('the examples of codes that are found when a run is queued', () => {
  const rows = Object.entries(diagnosticTable).filter(([, { foundBy }]) => foundBy === 'queueing');
  // What is missing in the project is found with the project (library/resources.test.ts, tasks/resolve.test.ts).
  const ofProject = ['resource-not-found', 'task-not-installed', 'task-not-usable'];
  const ofPlan = rows.filter(([code]) => !ofProject.includes(code));

  it.each(ofPlan)('compile and cannot be run: %s', async (_, { example }) => {
    const result = await compile({ files: { read: async () => example }, path: 'p.yml' });
    expect(result).toMatchObject({ ok: true });
    expect(result.ok && notRunnable(result.plan)).toHaveLength(1);
  });
});
