import { fold } from '../ids.ts';
import type { TaskReference } from '../plan/step.ts';

/** What finding a task takes of it. */
export interface TaskIdentity {
  readonly id: string;
  readonly name: string;
  /** `major.minor.patch`, or a major version alone. */
  readonly version: string;
}

/**
 * The task that a step names, among those there are: by short name, by full name (`publisher.extension.Name`), or by
 * id; the newest of the version it asks for (STEPY-6). Undefined: there is none.
 */
export function resolveTask<T extends TaskIdentity>(
  reference: TaskReference,
  tasks: readonly T[],
): T | undefined {
  const named = tasks.filter((task) => isNamed(task, reference.name));
  const wanted = reference.version.split('.');
  return named
    .filter(({ version }) => wanted.every((part, at) => Number(part) === Number(version.split('.')[at])))
    .toSorted((a, b) => compareVersions(b.version, a.version))[0];
}

/** True when a reference means this task; a full name ends with the short one. */
export function isNamed({ id, name }: TaskIdentity, reference: string): boolean {
  const given = fold(reference);
  return given === fold(name) || given === fold(id) || fold(given.split('.').at(-1) ?? '') === fold(name);
}

/** Orders versions by their numbers: negative when `a` is the older one. */
export function compareVersions(a: string, b: string): number {
  const [left, right] = [a, b].map((version) => version.split('.').map(Number));
  for (let at = 0; at < 3; at += 1) {
    const difference = (left?.[at] ?? 0) - (right?.[at] ?? 0);
    if (difference !== 0) return difference;
  }
  return 0;
}
