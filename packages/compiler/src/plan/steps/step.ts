import { didYouMean } from '@signalbox/expressions';
import type { StepPlan, TaskReference } from '@signalbox/model';
import { fold } from '@signalbox/model';
import { quote } from '../../diagnostics.ts';
import type { MappingNode, Node } from '../../read/node.ts';
import { rangeOf } from '../../read/source-file.ts';
import { warnOfFormerKey } from '../former-key.ts';
import { checkItemKind } from '../item-kind.ts';
import { checkKeys, isMapping, readKnown, startOf, valueOf } from '../key.ts';
import type { Fields, Key, KeyTable, Scope } from '../key.ts';
import { emptyTextMap, given, textKey } from '../values.ts';
import { checkout } from './checkout.ts';
import type { Shortcut } from './shortcut.ts';
import { shortcuts } from './shortcuts.ts';
import { stepKeys } from './step-keys.ts';
import type { StepKeys } from './step-keys.ts';
import { taskKeys } from './task.ts';

/** A step whose automatic name is not known before its siblings are. */
export type StepDraft = Omit<StepPlan, 'name'> & { readonly given: string; readonly enabled: boolean };

/** A `template` that begins an item was replaced by the expansion; further down it is in the wrong place. */
const KINDS: readonly string[] = [...shortcuts.keys(), 'task', 'template'];

/** The keys that each shortcut has besides those of every step. */
export const shortcutKeys: ReadonlyMap<string, Readonly<Record<string, Key<ShortcutField>>>> = new Map(
  [...shortcuts.values()].map((shortcut) => [shortcut.key, keysOf(shortcut)]),
);

type ShortcutField = string | Readonly<Record<string, string>>;

function keysOf({
  key,
  summary,
  extras,
  takesInputs,
}: Shortcut): Readonly<Record<string, Key<ShortcutField>>> {
  const further = Object.entries(extras).map(([name, extra]) => [name, textKey(extra.summary)] as const);
  const keys = Object.fromEntries([[key, textKey(summary)] as const, ...further]);
  return takesInputs === true ? { ...keys, inputs: taskKeys.inputs } : keys;
}

/** Reads one item of `steps`; nothing when it is no step. */
export function readStep(node: Node, scope: Scope): StepDraft | undefined {
  if (
    !isMapping(node, 'a step', scope, 'Begin it with what it does, for example `- script: …` or `- task: …`.')
  )
    return undefined;
  const kind = checkItemKind(node, KINDS, 'a step', scope);
  if (kind === undefined || kind === 'template') return undefined;
  const shortcut = shortcuts.get(kind);
  return shortcut === undefined ? readTaskStep(node, scope) : readShortcut(node, shortcut, scope);
}

function readTaskStep(node: MappingNode, scope: Scope): StepDraft | undefined {
  checkKeys(node, [stepKeys, taskKeys], 'a `task` step', scope, otherStep);
  const { task, inputs = emptyTextMap() } = readKnown(node, taskKeys, scope);
  if (task?.name === checkout.task.name) checkRepository(inputs['repository'] ?? 'self', node, scope);
  return draft(node, task ?? { name: '', version: '' }, inputs, scope);
}

function readShortcut(node: MappingNode, shortcut: Shortcut, scope: Scope): StepDraft {
  const table = shortcutKeys.get(shortcut.key) ?? {};
  checkKeys(node, [stepKeys, table], `a \`${shortcut.key}\` step`, scope, otherStep);
  if (shortcut.former !== undefined) warnOfFormerKey(shortcut.key, shortcut.former, startOf(node), scope);
  const inputs = inputsOf(shortcut, readKnown(node, table, scope));
  if (shortcut === checkout) checkRepository(inputs[shortcut.input] ?? '', node, scope);
  return draft(node, shortcut.task, inputs, scope);
}

/** A key that begins a step of another kind cannot stand in this one. */
function otherStep(key: string): string {
  return KINDS.includes(key) ? `A step does one thing: let \`- ${key}:\` begin a step of its own.` : '';
}

/** The inputs that a shortcut's fields set; its own keys win over `inputs`. */
function inputsOf(shortcut: Shortcut, fields: Fields<KeyTable>): Readonly<Record<string, string>> {
  const texts = fields as Readonly<Record<string, ShortcutField | undefined>>;
  const textOf = (name: string): string | undefined => {
    const text = texts[name];
    return typeof text === 'string' ? text : undefined;
  };
  const inputs = emptyTextMap();
  const { inputs: further } = texts;
  if (typeof further === 'object') Object.assign(inputs, further);
  for (const [name, text] of Object.entries(shortcut.fixed)) inputs[name] = text;
  inputs[shortcut.input] = textOf(shortcut.key) ?? '';
  for (const [name, { input }] of Object.entries(shortcut.extras)) {
    const text = textOf(name);
    if (text !== undefined) inputs[input ?? name] = text;
  }
  return inputs;
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
    ...given({ condition: fields.condition, target: fields.target }),
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

/** A repository beside this one that needs no declaration: `git://Project/Repository@ref` (CO-4). */
const INLINE_REPOSITORY = /^git:\/\/[^/@\s]+(?:\/[^/@\s]+)?(?:@\S+)?$/i;

/** A repository is known when the pipeline is compiled; macros do not work there (CO-4). */
function checkRepository(repository: string, node: MappingNode, scope: Scope): void {
  const name = fold(repository);
  if (name === 'none' || scope.repositories.has(name)) return;
  if (INLINE_REPOSITORY.test(repository)) return;
  const at = valueOf(node, checkout.key)?.at ?? startOf(node);
  const help = (): string => didYouMean(name, scope.repositories);
  scope.report('repository-unknown', at, `${quote(repository)} is not the alias of a repository.`, help);
}
