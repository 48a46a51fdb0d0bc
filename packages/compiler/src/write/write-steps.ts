import type { StepPlan, StepTarget } from '@signalbox/model';
import type { Shortcut } from '../plan/steps/shortcut.ts';
import { shortcuts } from '../plan/steps/shortcuts.ts';
import { defaultDisplayName } from '../plan/steps/step.ts';
import { nameSteps } from '../plan/steps/steps.ts';
import { mapping, unless, writeTextMap } from './writing.ts';
import type { Entries, Written } from './writing.ts';

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
    ['target', step.target === undefined ? undefined : writeTarget(step.target)],
    ['env', writeTextMap(step.env)],
    ...kind.rest,
  ]);
}

interface Kind {
  readonly head: Entries;
  readonly rest: Entries;
}

function writeTask({ task, inputs }: StepPlan): Kind {
  return { head: [['task', `${task.name}@${task.version}`]], rest: [['inputs', writeTextMap(inputs)]] };
}

function writeShortcut(shortcut: Shortcut, { inputs }: StepPlan): Kind {
  const { key, input, extras } = shortcut;
  const own = Object.entries(extras).map(([name, extra]) => [name, inputs[extra.input ?? name]] as const);
  const further = Object.entries(inputs).filter(([name]) => !setsInput(shortcut, name));
  return {
    head: [[key, inputs[input]]],
    rest: [...own, ['inputs', further.length === 0 ? undefined : mapping(further)]],
  };
}

/** The short form where the container says it all (STEPY-7). */
function writeTarget({ container, commands, settableVariables }: StepTarget): Written {
  if (container !== undefined && commands === undefined && settableVariables === undefined) return container;
  return mapping([
    ['container', container],
    ['commands', commands],
    ['settableVariables', settableVariables?.length === 0 ? 'none' : settableVariables],
  ]);
}

function saysTheSame(shortcut: Shortcut, { task, inputs }: StepPlan): boolean {
  if (task.name !== shortcut.task.name || task.version !== shortcut.task.version) return false;
  if (!Object.hasOwn(inputs, shortcut.input)) return false;
  return (
    Object.entries(shortcut.fixed).every(
      ([name, text]) => Object.hasOwn(inputs, name) && inputs[name] === text,
    ) &&
    (shortcut.takesInputs === true || Object.keys(inputs).every((name) => setsInput(shortcut, name)))
  );
}

/** True for an input that a shortcut sets by itself or by a key of its own. */
function setsInput({ input, fixed, extras }: Shortcut, name: string): boolean {
  return (
    name === input ||
    Object.hasOwn(fixed, name) ||
    Object.entries(extras).some(([key, extra]) => name === (extra.input ?? key))
  );
}
