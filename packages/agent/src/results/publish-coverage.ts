import type { CoverageStatistic } from '@signalbox/api';
import { randomUUID } from 'node:crypto';
import type { JobFiles } from '../artifacts/job-files.ts';
import { readCoverage } from './coverage-formats.ts';
import { readXml, ResultFileError } from './read-xml.ts';

/** What came of it. */
export interface PublishedCoverage {
  readonly statistics: readonly CoverageStatistic[];
  /** Files that could not be read, with the reason. */
  readonly problems: readonly string[];
}

/** Reads coverage files and sends their totals, summed by kind, to the job's run (LOG-36). */
export async function publishCoverage(
  paths: readonly string[],
  files: JobFiles,
  signal: AbortSignal,
): Promise<PublishedCoverage> {
  const sums = new Map<string, CoverageStatistic>();
  const problems: string[] = [];
  for (const path of paths) {
    try {
      for (const { label, covered, total } of readCoverage(await readXml(path))) {
        const before = sums.get(label) ?? { label, covered: 0, total: 0 };
        sums.set(label, { label, covered: before.covered + covered, total: before.total + total });
      }
    } catch (error) {
      if (!(error instanceof ResultFileError)) throw error;
      problems.push(`${path}: ${error.message}`);
    }
  }
  const statistics = [...sums.values()];
  if (statistics.length > 0) await files.ask('jobCoverage', { key: randomUUID(), statistics }, signal);
  return { statistics, problems };
}

/** `Lines 75 % (3 of 4)`. */
export function coverageText({ label, covered, total }: CoverageStatistic): string {
  const percent = total === 0 ? 0 : Math.floor((covered / total) * 1000) / 10;
  return `${label} ${percent} % (${covered} of ${total})`;
}
