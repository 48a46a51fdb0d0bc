import { TASK_CHECK, type EnumTable, type WireTaskSettings } from '@signalbox/api';
import { MAX_CHECK_NAME, type TaskSettings } from '@signalbox/model';
import type { Fields } from '../../read/fields.ts';
import { refuseUnknown } from './refuse-unknown.ts';
import type { TaskDefinition, WireKind } from './wire-kind.ts';

/** The type of all task checks. */
export const TASK_TYPE: WireKind<never>['type'] = { id: TASK_CHECK, name: 'Task Check' };

/** The default time-out of a task check, in minutes (CHK-37). */
export const TASK_MINUTES = 1440;

/** The last one is ours. */
const KNOWN = ['displayName', 'definitionRef', 'inputs', 'retryInterval', 'linkedVariableGroup', 'onTimeout'];

const ON_TIMEOUT: EnumTable<NonNullable<TaskSettings['onTimeout']>> = { skip: 0, fail: 1 };

/** What every task check has where nothing is said. */
const UNNAMED: TaskSettings = { displayName: '' };

/** What every task check has, and its inputs. */
export interface ReadTask {
  readonly common: TaskSettings;
  readonly inputs: Fields;
}

/** Reads what every task check has; `inputs` are the names that this one knows, as they are written. */
export function readTask(
  settings: Fields,
  inputs: readonly string[],
  { title, base = UNNAMED }: { readonly title: string; readonly base: TaskSettings | undefined },
): ReadTask {
  refuseUnknown(settings, KNOWN, 'A task check');
  const given = settings.object('inputs');
  refuseUnknown(given, inputs, title.replace(/^a/, 'A'));
  const retryMinutes = settings.number('retryInterval') ?? base.retryMinutes;
  const onTimeout = settings.word('onTimeout', ON_TIMEOUT) ?? base.onTimeout;
  const variableGroup = settings.textOrNumber('linkedVariableGroup') ?? base.variableGroup;
  return {
    common: {
      displayName: settings.text('displayName', MAX_CHECK_NAME) ?? base.displayName,
      ...(retryMinutes !== undefined && { retryMinutes }),
      ...(onTimeout !== undefined && { onTimeout }),
      ...(variableGroup !== undefined && variableGroup !== '' && { variableGroup }),
    },
    inputs: given,
  };
}

/** The settings of a task check on the wire. */
export function writeTask(
  { displayName, retryMinutes, onTimeout, variableGroup }: TaskSettings,
  task: TaskDefinition,
  inputs: WireTaskSettings['inputs'],
): WireTaskSettings {
  return {
    displayName,
    definitionRef: task,
    inputs,
    ...(retryMinutes !== undefined && { retryInterval: retryMinutes }),
    ...(onTimeout !== undefined && { onTimeout }),
    ...(variableGroup !== undefined && { linkedVariableGroup: variableGroup }),
  };
}
