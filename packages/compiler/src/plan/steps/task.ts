import type { TaskReference } from '@signalbox/model';
import { quote } from '../../diagnostics.ts';
import type { Node } from '../../read/node.ts';
import type { Key, Scope } from '../key.ts';
import { TEXT } from '../shape.ts';
import { readScalar, textMapKey } from '../values.ts';
import { shortcuts } from './shortcuts.ts';

/** The keys that a `task` step has besides those of every step, and what each gives. */
export type TaskKeys = {
  readonly task: Key<TaskReference>;
  readonly inputs: Key<Readonly<Record<string, string>>>;
};

/** The keys that a `task` step has besides those of every step (STEPY-6). */
export const taskKeys: TaskKeys = {
  task: { summary: 'The task and its major version, for example `Delay@1`.', shape: TEXT, read: readTask },
  inputs: textMapKey('What the task is given.', '`inputs`'),
};

const namesById: ReadonlyMap<string, string> = new Map(
  [...shortcuts.values()].flatMap(({ id, task }) => (id === undefined ? [] : [[id, task.name] as const])),
);

/** `Name@Major`; names in production files may hold spaces; the ids of built-in tasks mean the same as their names (STEPY-6, REC-165). */
function readTask(node: Node, scope: Scope): TaskReference | undefined {
  const scalar = readScalar(node, scope);
  if (scalar === undefined) return undefined;
  const [, name, version] = /^\s*([^@\s](?:[^@]*[^@\s])?)@(\d+(?:\.\d+){0,2})\s*$/.exec(scalar.text) ?? [];
  if (name !== undefined && version !== undefined) {
    return { name: namesById.get(name.toLowerCase()) ?? name, version };
  }
  scope.report('task-reference-invalid', scalar.at, `${quote(scalar.text)} names no task.`);
  return undefined;
}
