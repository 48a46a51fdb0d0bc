import { fold, isRuntime, type FoldedName, type VariablePlan } from '@signalbox/model';
import {
  evaluate,
  objectValue,
  referencedNames,
  stringValue,
  toText,
  UNKNOWN,
  type CounterProvider,
  type EvaluateResult,
  type Expression,
  type PlaceName,
  type Value,
} from '@signalbox/expressions';
import { parsedExpression } from './parsed.ts';

/** A variable with its value: `$[ ]` is evaluated, macros are still text (VAR-1). */
export interface Variable {
  readonly name: string;
  readonly value: string;
  readonly secret: boolean;
  readonly readonly: boolean;
  /** A counter of the run that is being created is part of it (EXPR-50). */
  readonly counted?: true;
}

/** The variables that a node sees, by folded name, outer levels first (VARD-3). */
export interface Scope {
  readonly variables: ReadonlyMap<FoldedName, Variable>;
  /** Their `$[ ]` hangs on something that is not known yet. */
  readonly unknown: ReadonlySet<FoldedName>;
  /** What cannot be evaluated, one sentence each. */
  readonly problems: readonly string[];
}

/** What `$[ ]` may name besides `variables`, and the folded keys of outputs that are secret (CTX-10). */
export interface Surroundings {
  readonly place: Extract<PlaceName, 'rootVariable' | 'variable'>;
  readonly values: ReadonlyMap<string, Value>;
  readonly secretOutputs: ReadonlySet<FoldedName>;
  /** The text of a variable of this level that counted when the run was created (EXPR-51). */
  readonly counted?: (name: string) => string | undefined;
  /** Gives counters, while the run is being created and never after. */
  readonly counter?: CounterProvider;
}

/** The scope before any level of the file: predefined variables win over all others (VARD-12). */
export const EMPTY_SCOPE: Scope = { variables: new Map(), unknown: new Set(), problems: [] };

/** Adds variables whose values are known; an existing one of the same name is replaced. */
export function withVariables(scope: Scope, variables: readonly Variable[]): Scope {
  if (variables.length === 0) return scope;
  const merged = new Map(scope.variables);
  const unknown = new Set(scope.unknown);
  for (const variable of variables) {
    merged.set(fold(variable.name), variable);
    unknown.delete(fold(variable.name));
  }
  return { ...scope, variables: merged, unknown };
}

/** Adds the plain texts of a level: what its owner's condition sees of it (EXPR-72). */
export function withTexts(scope: Scope, definitions: readonly VariablePlan[]): Scope {
  const texts = definitions
    .filter(mayDefine)
    .flatMap((one) => (isRuntime(one.value) ? [] : [textOf(one, one.value)]));
  return withVariables(scope, texts);
}

/** What expressions see, built when the first of them asks: most levels and jobs have no `$[ ]`. */
export type Around = () => Surroundings;

/**
 * Adds a level (VAR-4). Texts are there at once; `$[ ]` is evaluated in the order of definition, so that it
 * sees texts wherever they stand, and earlier `$[ ]` of its level (VAR-5).
 */
export function withLevel(scope: Scope, definitions: readonly VariablePlan[], around: Around): Scope {
  let level = withTexts(scope, definitions);
  for (const definition of lastOfEach(definitions.filter(mayDefine))) {
    if (isRuntime(definition.value))
      level = evaluated(level, definition, definition.value.expression, around());
  }
  return level;
}

/** The `variables` context of an expression. */
export function variablesContext({ variables, unknown }: Scope): Value {
  const entries = new Map<string, Value>();
  for (const [key, variable] of variables) entries.set(key, stringValue(variable.value));
  for (const key of unknown) entries.set(key, UNKNOWN);
  return objectValue(entries, { ignoreCase: true });
}

/** The text of a run-time expression, or why there is none. */
export type Evaluated =
  | { readonly kind: 'text'; readonly text: string; readonly secret: boolean; readonly counts: boolean }
  | { readonly kind: 'problem'; readonly message: string }
  | { readonly kind: 'unknown' };

/** Evaluates the inside of a `$[ ]`; `counted` is its text if it counted when the run was created (EXPR-51). */
export function evaluateRuntime(
  expression: string,
  scope: Scope,
  around: Surroundings,
  counted?: string,
): Evaluated {
  const parsed = parsedExpression(expression, around.place);
  if (!parsed.ok) return { kind: 'problem', message: parsed.errors.map((error) => error.message).join('; ') };
  const result = counted === undefined ? valueOf(parsed.tree, scope, around) : textResult(counted);
  if (result.ok) {
    const text = toText(result.value);
    const secret = mentionsSecret(parsed.tree, scope, around.secretOutputs);
    const counts = referencedNames(parsed.tree).functions.includes('counter');
    if (text !== undefined) return { kind: 'text', text, secret, counts };
    return { kind: 'problem', message: 'a list or mapping is no text' };
  }
  return result.error.code === 'not-known-yet'
    ? { kind: 'unknown' }
    : { kind: 'problem', message: result.error.message };
}

function valueOf(tree: Expression, scope: Scope, { values, counter }: Surroundings): EvaluateResult {
  const given = new Map(values).set('variables', variablesContext(scope));
  return evaluate(tree, { values: given, ...(counter === undefined ? {} : { counter }) });
}

function textResult(text: string): EvaluateResult {
  return { ok: true, value: stringValue(text) };
}

const PROTECTED = /^(?:agent|build|system|pipeline|environment|strategy|checks|resources)\./i;

/** Names of the system cannot be defined in the file (VARD-12); `System.Debug` is the users' own. */
function mayDefine({ name }: VariablePlan): boolean {
  return fold(name) === 'system.debug' || !PROTECTED.test(name);
}

/** Within a level later definitions replace earlier ones (VARD-5). */
function lastOfEach(definitions: readonly VariablePlan[]): Iterable<VariablePlan> {
  return new Map(definitions.map((definition) => [fold(definition.name), definition])).values();
}

function evaluated(scope: Scope, definition: VariablePlan, expression: string, around: Surroundings): Scope {
  const result = evaluateRuntime(expression, scope, around, around.counted?.(definition.name));
  switch (result.kind) {
    case 'text': {
      const { text, secret } = result;
      const counted = around.counter !== undefined && result.counts ? { counted: true as const } : {};
      return withVariables(scope, [{ ...textOf(definition, text), secret, ...counted }]);
    }
    case 'unknown':
      return { ...scope, unknown: new Set(scope.unknown).add(fold(definition.name)) };
    case 'problem': {
      const problem = `Variable '${definition.name}' cannot be evaluated: $[ ${expression} ]: ${result.message}`;
      return { ...scope, problems: [...scope.problems, problem] };
    }
  }
}

function textOf({ name, readonly, secret }: VariablePlan, value: string): Variable {
  return { name, value, secret: secret === true, readonly };
}

/** True when the value may have been made of a secret; a computed key may be any of them. */
function mentionsSecret(tree: Expression, scope: Scope, secretOutputs: ReadonlySet<FoldedName>): boolean {
  const secrets = new Set(
    [...scope.variables.values()].filter((one) => one.secret).map((one) => fold(one.name)),
  );
  return referencedNames(tree).references.some(({ name, path }) => {
    const keys = name === 'variables' ? secrets : secretOutputs;
    if (keys.size === 0) return false;
    return path.length === 0 || path.some((key) => key === undefined || keys.has(fold(key)));
  });
}
