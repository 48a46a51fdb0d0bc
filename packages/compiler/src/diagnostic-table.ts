import type { DiagnosticCode } from './diagnostic-code.ts';
import { errorRows } from './diagnostic-errors.ts';
import type { DiagnosticRow } from './diagnostic-row.ts';
import { warningRows } from './diagnostic-warnings.ts';

/** One row per code, in the order of the reference page. */
export const diagnosticTable: Readonly<Record<DiagnosticCode, DiagnosticRow>> = {
  ...errorRows,
  ...warningRows,
};

export type { DiagnosticCode } from './diagnostic-code.ts';
export type { DiagnosticRow } from './diagnostic-row.ts';
