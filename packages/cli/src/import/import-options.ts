import type { Remote } from './remote.ts';
import type { AreaName, ReportRow } from './report.ts';

/** What to bring from where to where. */
export interface ImportOptions {
  readonly source: Remote;
  readonly target: Remote;
  readonly project: string;
  /** What the project is called at the target. */
  readonly into: string;
  /** Reads and compares only. */
  readonly dryRun: boolean;
  /** Called when an area is done. */
  readonly onArea: (area: AreaName, rows: readonly ReportRow[]) => void;
}
