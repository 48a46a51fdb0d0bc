import type { Diagnostic, SourceRange } from '@signalbox/model';
import { diagnosticTable } from './diagnostic-table.ts';
import type { DiagnosticCode } from './diagnostic-code.ts';
import { MAX_CHAIN_SHOWN, MAX_DIAGNOSTICS, MAX_QUOTED } from './limits.ts';
import { chainOf, rangeOf } from './read/source-file.ts';
import type { Span } from './read/source-file.ts';

/**
 * Takes one mistake and goes on: nothing in the compiler throws for what an author wrote. Help that takes a search is
 * given as a function, which is only called for a mistake that is shown; empty help means that of the code.
 */
export type Report = (
  code: DiagnosticCode,
  at: Span,
  message: string,
  help?: string | (() => string),
) => void;

/** Collects the diagnostics of one compilation, capped in number. */
export interface Bag {
  readonly report: Report;
  /** True when an error (not only warnings) was reported. */
  hasErrors(): boolean;
  /** True when an error was reported at the beginning of that span: what stands there was not understood. */
  hasErrorAt(at: Span): boolean;
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
      if (found.has(key)) return;
      const own = typeof help === 'function' ? help() : help;
      const one = { code, severity: row.severity, message, help: own || row.help, range };
      const chain = chainOf(at);
      found.set(key, chain.length === 0 ? one : { ...one, chain });
    },
    hasErrors: () => errors > 0,
    hasErrorAt(at) {
      const { file, line, column } = rangeOf(at);
      return [...found.values()].some(
        ({ range, severity }) =>
          severity === 'error' && range.file === file && range.line === line && range.column === column,
      );
    },
    all() {
      const sorted = [...found.values()].toSorted(inFileOrder);
      return dropped === undefined ? sorted : [...sorted, tooMany(dropped)];
    },
  };
}

/**
 * One line per diagnostic, `file(line,column): error code: message`, below it the references that led to the file,
 * and its help.
 */
export function formatDiagnostics(diagnostics: readonly Diagnostic[]): string {
  return diagnostics.map((one) => `${formatOne(one)}\n${formatChain(one)}  ${one.help}\n`).join('');
}

/** An author's text for a message: on one line, cut, in quotes. */
export function quote(text: string): string {
  // What is cut off later need not be looked at: a text may have a million characters, and a loop many mistakes.
  const line = text
    .trimStart()
    .slice(0, 4 * MAX_QUOTED)
    .replaceAll(/\s+/g, ' ')
    .trim();
  return `'${line.length > MAX_QUOTED ? `${line.slice(0, MAX_QUOTED - 1)}…` : line}'`;
}

function formatChain({ chain = [] }: Diagnostic): string {
  const shown = chain.slice(0, MAX_CHAIN_SHOWN).map(({ file, line, column }) => `${file}(${line},${column})`);
  if (chain.length > shown.length) shown.push(`${chain.length - shown.length} more`);
  return shown.map((one) => `  included from ${one}\n`).join('');
}

function formatOne({ code, severity, message, range }: Diagnostic): string {
  return `${range.file}(${range.line},${range.column}): ${severity} ${code}: ${message}`;
}

/** By the place in the root file that led there, then by the place itself. */
function inFileOrder(left: Diagnostic, right: Diagnostic): number {
  return byPlace(rootRange(left), rootRange(right)) || byPlace(left.range, right.range);
}

function byPlace(left: SourceRange, right: SourceRange): number {
  return left.line - right.line || left.column - right.column;
}

function rootRange({ range, chain }: Diagnostic): SourceRange {
  return chain?.at(-1) ?? range;
}

function tooMany(at: Span): Diagnostic {
  const { severity, help } = diagnosticTable['too-many-diagnostics'];
  const message = `Only the first ${MAX_DIAGNOSTICS} mistakes are listed.`;
  return { code: 'too-many-diagnostics', severity, message, help, range: rangeOf(at) };
}
