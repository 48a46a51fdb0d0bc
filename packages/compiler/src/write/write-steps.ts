import type { StepPlan } from '@signalbox/model';
import type { Shortcut } from '../plan/steps/shortcut.ts';
import { shortcuts } from '../plan/steps/shortcuts.ts';
import { defaultDisplayName } from '../plan/steps/step.ts';
import { nameSteps } from '../plan/steps/steps.ts';
import { mapping, unless, writeTextMap } from './writing.ts';
import type { Written } from './writing.ts';

/** Steps, as shortcuts where one says the same; names that come by themselves are left out (NAME-4). */
export function writeSteps(steps: readonly StepPlan[]): readonly Written[] {
  const drafts = steps.map((step) => {
    const { name, ...rest } = step;
    return { ...rest, enabled: true, given: isAutomatic(step) ? '' : name };
  });
  const automatic = nameSteps(drafts).every(({ name }, index) => name === steps[index]?.name);
  return steps.map((step) => writeStep(step, automatic && isAutomatic(step)));
}

function isAutomatic({ name, task }: StepPlan): boolean {
  const base = task.name.slice(task.name.lastIndexOf('.') + 1);
  return name.startsWith(base) && /^\d*$/.test(name.slice(base.length));
}

function writeStep(step: StepPlan, nameless: boolean): Written {
  const shortcut = [...shortcuts.values()].find((one) => saysTheSame(one, step));
  const kind = shortcut === undefined ? writeTask(step) : writeShortcut(shortcut, step);
  return mapping([
    ...kind.head,
    ['name', nameless ? undefined : step.name],
    ['displayName', unless(step.displayName, defaultDisplayName(step.task, step.inputs))],
    ['condition', step.condition],
    ['continueOnError', unless(step.continueOnError, false)],
    ['timeoutInMinutes', unless(step.timeoutInMinutes, 0)],
    ['retryCountOnTaskFailure', unless(step.retryCountOnTaskFailure, 0)],
    ['env', writeTextMap(step.env)],
    ...kind.rest,
  ]);
}

type Entries = readonly (readonly [string, Written | undefined])[];

interface Kind {
  readonly head: Entries;
  readonly rest: Entries;
}

function writeTask({ task, inputs }: StepPlan): Kind {
  return { head: [['task', `${task.name}@${task.version}`]], rest: [['inputs', writeTextMap(inputs)]] };
}

function writeShortcut({ key, input, extras }: Shortcut, { inputs }: StepPlan): Kind {
  const rest = Object.entries(extras).map(([name, extra]) => [name, inputs[extra.input ?? name]] as const);
  return { head: [[key, inputs[input]]], rest };
}

function saysTheSame(shortcut: Shortcut, { task, inputs }: StepPlan): boolean {
  if (task.name !== shortcut.task.name || task.version !== shortcut.task.version) return false;
  if (!Object.hasOwn(inputs, shortcut.input)) return false;
  const extras = Object.entries(shortcut.extras).map(([name, { input }]) => input ?? name);
  return (
    Object.entries(shortcut.fixed).every(
      ([name, text]) => Object.hasOwn(inputs, name) && inputs[name] === text,
    ) &&
    Object.keys(inputs).every(
      (name) => name === shortcut.input || extras.includes(name) || Object.hasOwn(shortcut.fixed, name),
    )
  );
}
