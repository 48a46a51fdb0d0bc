/**
 * What may stand under a key, as data: the editor's schema and the key reference are made of it. A key built by a
 * function of `values.ts` has the shape that its reader takes; others say theirs.
 */
export type Shape =
  | { readonly kind: 'text' }
  | { readonly kind: 'boolean' }
  /** A whole number, both bounds included. */
  | { readonly kind: 'integer'; readonly min: number; readonly max: number }
  /** One of a few words, in any letter case if `ignoreCase` is true. */
  | { readonly kind: 'choice'; readonly choices: readonly string[]; readonly ignoreCase?: boolean }
  /** One text, or a list of texts. */
  | { readonly kind: 'texts' }
  /** Names to text. */
  | { readonly kind: 'textMap' }
  /** A mapping with the keys of a named table of `language()`. */
  | { readonly kind: 'mapping'; readonly of: string }
  /** Names that the author chooses, each with a value of one shape. */
  | { readonly kind: 'map'; readonly values: Shape }
  /** A list of mappings; the first key of each says which of the named tables it is (YAML-4). */
  | { readonly kind: 'list'; readonly of: readonly string[] }
  /** Any of several shapes. */
  | { readonly kind: 'oneOf'; readonly shapes: readonly Shape[] }
  /** Whatever YAML can say. */
  | { readonly kind: 'any' };

/** Any text. */
export const TEXT: Shape = { kind: 'text' };

/** Whatever YAML can say. */
export const ANYTHING: Shape = { kind: 'any' };

/** A boolean word (YAML-2). */
export const BOOLEAN: Shape = { kind: 'boolean' };

/** One text, or a list of texts. */
export const TEXTS: Shape = { kind: 'texts' };

/** A mapping with the keys of a table. */
export function mappingOf(table: string): Shape {
  return { kind: 'mapping', of: table };
}

/** A list whose items are told apart by their first keys. */
export function listOf(...tables: readonly string[]): Shape {
  return { kind: 'list', of: tables };
}

/** The steps of a job, of every kind. */
export const STEPS: Shape = listOf('step', 'template');

/** The jobs of a stage. */
export const JOBS: Shape = listOf('job', 'deployment', 'template');

/** One of a few words. */
export function choiceOf(...choices: readonly string[]): Shape {
  return { kind: 'choice', choices };
}

/** One of a few words in any letter case. */
export function choiceInAnyCase(...choices: readonly string[]): Shape {
  return { kind: 'choice', choices, ignoreCase: true };
}

/** Any of several shapes. */
export function oneOf(...shapes: readonly Shape[]): Shape {
  return { kind: 'oneOf', shapes };
}
