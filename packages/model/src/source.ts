/** Where something stands in a file. Lines and columns count from 1; the end is exclusive. */
export interface SourceRange {
  /** The path of the file, as the `FileProvider` knows it. */
  readonly file: string;
  readonly line: number;
  readonly column: number;
  readonly endLine: number;
  readonly endColumn: number;
}

/** How bad a diagnostic is: an `error` refuses the pipeline, a `warning` does not. */
export type Severity = 'error' | 'warning';

/**
 * A user's mistake as a value: what is wrong, where, and how to mend it.
 * Codes are stable; each has a row in `docs/reference/diagnostics.md`.
 */
export interface Diagnostic {
  readonly code: string;
  readonly severity: Severity;
  /** One sentence that says what is wrong. */
  readonly message: string;
  /** One sentence that says how to mend it. */
  readonly help: string;
  readonly range: SourceRange;
  /** For a place in a template: the references that led to it, the innermost first. */
  readonly chain?: readonly SourceRange[];
}
