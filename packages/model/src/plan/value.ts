/**
 * The three times of evaluation are kept apart by type (VAR-1): what `${{ }}` produced is plain text by now;
 * a `RuntimeText` is evaluated when its owner starts; a `MacroText` may hold `$(name)`, expanded when used.
 */
export type MacroText = string;

/** Text whose whole value is a run-time expression `$[ … ]`; `expression` is without the brackets. */
export interface RuntimeText {
  readonly expression: string;
}

/** A value that is either text with macros or a run-time expression (YAML-36, VAR-3). */
export type Value = MacroText | RuntimeText;

/** True when the value is a run-time expression. */
export function isRuntime<T>(value: T): value is Extract<T, RuntimeText> {
  return typeof value === 'object' && value !== null && 'expression' in value;
}
