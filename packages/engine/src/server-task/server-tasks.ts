import { fold, type TaskReference } from '@signalbox/model';
import { azureFunction, invokeRestApi } from './calls.ts';
import { delay } from './delay.ts';
import type { ServerTask } from './kind.ts';
import { manualValidation } from './manual-validation.ts';

const TASKS: readonly ServerTask[] = [delay, manualValidation, invokeRestApi, azureFunction];

/** The task that a step on the server runs; undefined: the server does not have it. */
export function findServerTask({ name, version }: TaskReference): ServerTask | undefined {
  const major = Number.parseInt(version, 10);
  return TASKS.find((task) => fold(task.name) === fold(name) && task.versions.includes(major));
}

/** Why the server does not have a task, as a clause; undefined: it has it. */
export function whyNoServerTask(task: TaskReference): string | undefined {
  if (findServerTask(task) !== undefined) return undefined;
  const known = TASKS.find(({ name }) => fold(name) === fold(task.name));
  if (known !== undefined) return `it has versions ${known.versions.join(', ')}`;
  if (fold(task.name) === 'publishtoazureservicebus') {
    return 'it does not speak AMQP; let InvokeRESTAPI post to the REST address of the queue';
  }
  return `it has ${TASKS.map(({ name }) => name).join(', ')}`;
}
