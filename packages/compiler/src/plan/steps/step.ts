import type { StepPlan, TaskReference } from '@signalbox/model';
import { fold } from '@signalbox/model';
import { quote } from '../../diagnostics.ts';
import type { MappingNode, Node } from '../../read/node.ts';
import { rangeOf } from '../../read/source-file.ts';
import { checkItemKind } from '../item-kind.ts';
import { checkKeys, isMapping, readKnown, startOf, valueOf } from '../key.ts';
import type { Fields, Key, Scope } from '../key.ts';
import { emptyTextMap, textKey } from '../values.ts';
import { checkout } from './checkout.ts';
import type { Shortcut } from './shortcut.ts';
import { laterSteps, shortcuts } from './shortcuts.ts';
import { stepKeys } from './step-keys.ts';
import type { StepKeys } from './step-keys.ts';
import { taskKeys } from './task.ts';

/** A step whose automatic name is not known before its siblings are. */
export type StepDraft = Omit<StepPlan, 'name'> & { readonly given: string; readonly enabled: boolean };

/** A `template` that begins an item was replaced by the expansion; further down it is in the wrong place. */
const KINDS: readonly string[] = [...shortcuts.keys(), 'task', 'template', ...laterSteps];

/** The keys that each shortcut has besides those of every step. */
export const shortcutKeys: ReadonlyMap<string, Readonly<Record<string, Key<string>>>> = new Map(
  [...shortcuts.values()].map(({ key, summary, extras }) => {
    const further = Object.entries(extras).map(([name, extra]) => [name, textKey(extra.summary)] as const);
    return [key, Object.fromEntries([[key, textKey(summary)] as const, ...further])];
  }),
);

/** Reads one item of `steps`; nothing when it is no step or one that is not supported yet. */
export function readStep(node: Node, scope: Scope): StepDraft | undefined {
  if (!isMapping(node, 'a step', scope)) return undefined;
  const kind = checkItemKind(node, KINDS, 'a step', scope);
  if (kind === undefined || kind === 'template') return undefined;
  if (laterSteps.has(kind)) {
    scope.report('not-supported-yet', startOf(node), `Steps of the kind "${kind}" are not supported yet.`);
    return undefined;
  }
  const shortcut = shortcuts.get(kind);
  return shortcut === undefined ? readTaskStep(node, scope) : readShortcut(node, shortcut, scope);
}

function readTaskStep(node: MappingNode, scope: Scope): StepDraft | undefined {
  checkKeys(node, [stepKeys, taskKeys], 'a `task` step', scope);
  const { task, inputs = emptyTextMap() } = readKnown(node, taskKeys, scope);
  if (task?.name === checkout.task.name) checkRepository(inputs['repository'] ?? 'self', node, scope);
  return draft(node, task ?? { name: '', version: '' }, inputs, scope);
}

function readShortcut(node: MappingNode, shortcut: Shortcut, scope: Scope): StepDraft {
  const texts = shortcutKeys.get(shortcut.key) ?? {};
  checkKeys(node, [stepKeys, texts], `a \`${shortcut.key}\` step`, scope);
  const fields = readKnown(node, texts, scope);
  const inputs = emptyTextMap();
  for (const [name, text] of Object.entries(shortcut.fixed)) inputs[name] = text;
  inputs[shortcut.input] = fields[shortcut.key] ?? '';
  for (const [name, { input }] of Object.entries(shortcut.extras)) {
    const text = fields[name];
    if (text !== undefined) inputs[input ?? name] = text;
  }
  if (shortcut === checkout) checkRepository(inputs[shortcut.input] ?? '', node, scope);
  return draft(node, shortcut.task, inputs, scope);
}

function draft(
  node: MappingNode,
  task: TaskReference,
  inputs: Readonly<Record<string, string>>,
  scope: Scope,
): StepDraft {
  const fields = readKnown(node, stepKeys, scope);
  checkStepName(fields, node, scope);
  return {
    given: fields.name ?? '',
    enabled: fields.enabled ?? true,
    displayName: fields.displayName ?? defaultDisplayName(task, inputs),
    task,
    inputs,
    env: fields.env ?? emptyTextMap(),
    ...(fields.condition === undefined ? {} : { condition: fields.condition }),
    continueOnError: fields.continueOnError ?? false,
    timeoutInMinutes: fields.timeoutInMinutes ?? 0,
    retryCountOnTaskFailure: fields.retryCountOnTaskFailure ?? 0,
    source: rangeOf(node.at),
  };
}

/** What a step without `displayName` is called: its task, and for a checkout what it fetches. */
export function defaultDisplayName(task: TaskReference, inputs: Readonly<Record<string, string>>): string {
  if (task.name === checkout.task.name) return `Checkout ${inputs[checkout.input] ?? 'self'}`;
  return task.name.slice(task.name.lastIndexOf('.') + 1);
}

function checkStepName({ name = '' }: Fields<StepKeys>, node: MappingNode, scope: Scope): void {
  if (/^[-_A-Za-z0-9]*$/.test(name)) return;
  const at = valueOf(node, 'name')?.at ?? node.at;
  scope.report(
    'name-invalid',
    at,
    `${quote(name)} cannot be the name of a step.`,
    'Use letters, digits, `-` and `_`.',
  );
}

/** A repository is known when the pipeline is compiled; macros do not work there (CO-4). */
function checkRepository(repository: string, node: MappingNode, scope: Scope): void {
  const name = fold(repository);
  if (name === 'none' || scope.repositories.has(name)) return;
  const at = valueOf(node, checkout.key)?.at ?? startOf(node);
  if (/^(?:git|github|bitbucket):\/\//.test(name)) {
    scope.report(
      'not-supported-yet',
      at,
      `Checking out ${quote(repository)} without declaring it is not supported yet.`,
    );
  } else {
    scope.report('repository-unknown', at, `${quote(repository)} is not the alias of a repository.`);
  }
}
