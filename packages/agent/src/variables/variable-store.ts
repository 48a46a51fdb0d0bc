import { expandMacros, expandVariables, macroNames } from '@signalbox/expressions';
import { fold, type FoldedName } from '@signalbox/model';
import type { Masker } from '../masking/masker.ts';

/** A variable of the running job. */
export interface Variable {
  /** As it was first written. */
  readonly name: string;
  readonly value: string;
  readonly secret: boolean;
  readonly readonly: boolean;
  /** The environment variable keeps the name's letter case (VAR-12). */
  readonly preserveCase?: boolean;
}

/** A variable whose value holds no macros any more. */
export interface ExpandedVariable extends Variable {
  /** Secret itself, or made of a secret: such a value is no less secret (SEC-5). */
  readonly secret: boolean;
}

/**
 * The variables of one job: names ignore case (PVAR-2), secrets stay secret and are known to the masker,
 * values that mention other variables are expanded (VAR-7).
 */
export class VariableStore {
  readonly #variables = new Map<FoldedName, Variable>();
  readonly #masker: Masker;
  #expanded: ReadonlyMap<FoldedName, ExpandedVariable> | undefined;

  constructor(masker: Masker) {
    this.#masker = masker;
  }

  /** Sets a variable. What was secret stays secret, whatever the caller says. */
  set(variable: Variable): void {
    const key = fold(variable.name);
    const before = this.#variables.get(key);
    const secret = variable.secret || before?.secret === true;
    if (secret) this.#masker.add(variable.value);
    const name = before?.name ?? variable.name;
    this.#variables.set(key, { ...variable, name, secret });
    this.#expanded = undefined;
  }

  /** Sets a plain variable of the agent's own; it cannot be set by a step (VARD-8). */
  setOwn(name: string, value: string): void {
    this.set({ name, value, secret: false, readonly: true });
  }

  /** The variable with its macros expanded. */
  get(name: string): ExpandedVariable | undefined {
    return this.#all().get(fold(name));
  }

  /** The expanded value, empty when there is none. */
  text(name: string): string {
    return this.get(name)?.value ?? '';
  }

  /** True for the text `true` in any letter case (LOG-42). */
  isTrue(name: string): boolean {
    return fold(this.text(name)) === 'true';
  }

  /** All variables, expanded, in the order of their first setting. */
  entries(): readonly ExpandedVariable[] {
    return [...this.#all().values()];
  }

  /** Replaces macros in a text, one pass over expanded variables (VAR-7, VAR-8). */
  expand(text: string): string {
    return text.includes('$(') ? expandMacros(text, (name) => this.get(name)?.value) : text;
  }

  #all(): ReadonlyMap<FoldedName, ExpandedVariable> {
    this.#expanded ??= this.#expandAll();
    return this.#expanded;
  }

  #expandAll(): ReadonlyMap<FoldedName, ExpandedVariable> {
    const raw = new Map([...this.#variables].map(([key, { value }]) => [key, value]));
    const { values } = expandVariables(raw);
    const expanded = new Map<FoldedName, ExpandedVariable>();
    for (const [key, variable] of this.#variables) {
      const value = values.get(key) ?? variable.value;
      const secret = this.#isTainted(key, new Set());
      if (secret) this.#masker.add(value);
      expanded.set(key, { ...variable, value, secret });
    }
    return expanded;
  }

  #isTainted(key: FoldedName, seen: Set<FoldedName>): boolean {
    const variable = this.#variables.get(key);
    if (variable === undefined || seen.has(key)) return false;
    seen.add(key);
    if (variable.secret) return true;
    if (!variable.value.includes('$(')) return false;
    return macroNames(variable.value).some((name) => this.#isTainted(fold(name), seen));
  }
}
