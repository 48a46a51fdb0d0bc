import type { Diagnostic } from '@signalbox/model';
import { diagnosticTable } from './diagnostic-table.ts';
import type { DiagnosticCode } from './diagnostic-table.ts';
import { MAX_DIAGNOSTICS, MAX_QUOTED } from './limits.ts';
import { rangeOf } from './read/source-file.ts';
import type { Span } from './read/source-file.ts';

/** Takes one mistake and goes on: nothing in the compiler throws for what an author wrote. */
export type Report = (code: DiagnosticCode, at: Span, message: string, help?: string) => void;

/** Collects the diagnostics of one compilation, capped in number. */
export interface Bag {
  readonly report: Report;
  /** True when an error (not only warnings) was reported. */
  hasErrors(): boolean;
  /** Everything so far in file order, without repetitions (REC-149). */
  all(): readonly Diagnostic[];
}

/** An empty bag. */
export function newBag(): Bag {
  const found = new Map<string, Diagnostic>();
  let errors = 0;
  let dropped: Span | undefined;
  return {
    report(code, at, message, help) {
      const row = diagnosticTable[code];
      if (row.severity === 'error') errors++;
      if (found.size >= MAX_DIAGNOSTICS) {
        dropped ??= at;
        return;
      }
      const range = rangeOf(at);
      const key = `${code} ${range.file} ${range.line}:${range.column} ${message}`;
      found.set(key, { code, severity: row.severity, message, help: help ?? row.help, range });
    },
    hasErrors: () => errors > 0,
    all() {
      const sorted = [...found.values()].toSorted(inFileOrder);
      return dropped === undefined ? sorted : [...sorted, tooMany(dropped)];
    },
  };
}

/** One line per diagnostic, `file(line,column): error code: message`, and its help on the next line. */
export function formatDiagnostics(diagnostics: readonly Diagnostic[]): string {
  return diagnostics.map((one) => `${formatOne(one)}\n  ${one.help}\n`).join('');
}

/** An author's text for a message: on one line, cut, in quotes. */
export function quote(text: string): string {
  const line = text.replaceAll(/\s+/g, ' ').trim();
  return `'${line.length > MAX_QUOTED ? `${line.slice(0, MAX_QUOTED - 1)}…` : line}'`;
}

function formatOne({ code, severity, message, range }: Diagnostic): string {
  return `${range.file}(${range.line},${range.column}): ${severity} ${code}: ${message}`;
}

function inFileOrder(left: Diagnostic, right: Diagnostic): number {
  return left.range.line - right.range.line || left.range.column - right.range.column;
}

function tooMany(at: Span): Diagnostic {
  const { severity, help } = diagnosticTable['too-many-diagnostics'];
  const message = `Only the first ${MAX_DIAGNOSTICS} mistakes are listed.`;
  return { code: 'too-many-diagnostics', severity, message, help, range: rangeOf(at) };
}
