import { fold, type FoldedName } from '../ids.ts';
import type { TaskDefinition, TaskInput } from './task-definition.ts';

/** The inputs of a step in the words of its task. */
export interface CompleteInputs {
  /** Every input of the task by its own name, and what else the step gives, trimmed; macros stand as they are. */
  readonly values: Readonly<Record<string, string>>;
  /** Names of required inputs that have no value. */
  readonly missing: readonly string[];
  /** Names that the task does not know. */
  readonly unknown: readonly string[];
}

/**
 * Completes the inputs of a step: an alias stands for its input, what is not given has the default, and values are
 * trimmed, as the service's agent does. An input that only counts under a rule is never called missing.
 */
export function completeInputs(
  { inputs }: Pick<TaskDefinition, 'inputs'>,
  given: Readonly<Record<string, string>>,
): CompleteInputs {
  const byName = namesOf(inputs);
  const values: Record<string, string> = {};
  for (const { name, defaultValue } of inputs) values[name] = defaultValue.trim();
  const unknown: string[] = [];
  for (const [name, value] of Object.entries(given)) {
    const input = byName.get(fold(name.trim()));
    if (input === undefined) unknown.push(name);
    values[input?.name ?? name.trim()] = value.trim();
  }
  const missing = inputs.filter(
    ({ name, required, conditional }) => required && !conditional && values[name] === '',
  );
  return { values, missing: missing.map(({ name }) => name), unknown };
}

function namesOf(inputs: readonly TaskInput[]): ReadonlyMap<FoldedName, TaskInput> {
  const aliases = inputs.flatMap((input) => input.aliases.map((alias) => [fold(alias), input] as const));
  // An input's own name is stronger than another one's alias.
  return new Map([...aliases, ...inputs.map((input) => [fold(input.name), input] as const)]);
}

/** What an input of a task names: a service connection or a secure file; undefined: neither. */
export function resourceOfInput({ type }: TaskInput): 'endpoint' | 'securefile' | undefined {
  if (type.startsWith('connectedservice:')) return 'endpoint';
  return type === 'securefile' ? 'securefile' : undefined;
}
