import type { Instant } from '@signalbox/model';
import type { Blobs } from '../port/blobs.ts';
import type {
  AttachmentRow,
  CoverageStatistic,
  RunResults,
  TestOutcome,
  TestResult,
  TestRunInput,
  TestRunRow,
} from '../port/results.ts';
import { byText, missing, Rows } from './rows.ts';
import type { Tables } from './tables.ts';

interface KeptTestRun extends TestRunInput {
  readonly id: number;
  readonly createdAt: Instant;
  readonly results: Map<number, TestResult>;
}

/** Attachments, results of tests and coverage in memory. */
export function results(tables: Tables, blobs: Blobs, clock: () => Instant): RunResults {
  const attached = new Map<string, AttachmentRow>();
  const testRuns = new Rows<KeptTestRun>();
  const covered = new Map<string, { readonly run: number; readonly all: readonly CoverageStatistic[] }>();
  tables.whenRemoved.push(async (run) => {
    for (const [key, one] of attached) if (one.run === run) attached.delete(key);
    for (const { id, run: of } of testRuns.all()) if (of === run) testRuns.remove(id);
    for (const [key, one] of covered) if (one.run === run) covered.delete(key);
    await blobs.release(`attachments:${run}`);
  });
  const need = (run: number): void => {
    if (!tables.runs.has(run)) throw missing(`run ${run}`);
  };
  return {
    async attach(attachment, project) {
      const { run, record, type, name, sha256 } = attachment;
      need(run);
      const key = JSON.stringify([run, record, type, name]);
      attached.set(key, { ...attachment, createdAt: attached.get(key)?.createdAt ?? clock() });
      await blobs.use({ owner: `attachments:${run}`, project }, [sha256]);
    },
    async attachments(run, type) {
      return [...attached.values()].filter(
        (one) => one.run === run && (type === undefined || one.type === type),
      );
    },
    async addTests(input, added) {
      need(input.run);
      const known = testRuns.find(({ run, key }) => run === input.run && key === input.key);
      const { results: kept } = known ?? testRuns.add({ ...input, createdAt: clock(), results: new Map() });
      for (const one of added) if (!kept.has(one.number)) kept.set(one.number, one);
    },
    testRuns: async (run) =>
      testRuns
        .all()
        .filter((one) => one.run === run)
        .map(totalled),
    async testRun(id) {
      const known = testRuns.get(id);
      return known && totalled(known);
    },
    async testResults(id, { outcomes, skip = 0, top = Infinity } = {}) {
      return [...(testRuns.get(id)?.results.values() ?? [])]
        .filter(({ outcome }) => outcomes === undefined || outcomes.includes(outcome))
        .sort((a, b) => a.number - b.number)
        .slice(skip, skip + top);
    },
    async setCoverage(run, key, all) {
      need(run);
      covered.set(JSON.stringify([run, key]), { run, all });
    },
    coverage: async (run) => summed([...covered.values()].flatMap((one) => (one.run === run ? one.all : []))),
  };
}

function totalled({ results: kept, ...rest }: KeptTestRun): TestRunRow {
  const all = [...kept.values()];
  const count = (outcome: TestOutcome): number => all.filter((one) => one.outcome === outcome).length;
  return {
    ...rest,
    passed: count('passed'),
    failed: count('failed'),
    notExecuted: count('notExecuted'),
    durationMs: all.reduce((sum, { durationMs }) => sum + durationMs, 0),
  };
}

function summed(all: readonly CoverageStatistic[]): readonly CoverageStatistic[] {
  const sums = new Map<string, CoverageStatistic>();
  for (const { label, covered, total } of all) {
    const before = sums.get(label) ?? { label, covered: 0, total: 0 };
    sums.set(label, { label, covered: before.covered + covered, total: before.total + total });
  }
  return byText([...sums.values()], ({ label }) => label);
}
