import { fold } from '@signalbox/model';
import type { PoolPlan, StepPlan } from '@signalbox/model';
import { quote } from '../../diagnostics.ts';
import { shapeOf } from '../../read/node.ts';
import type { Node } from '../../read/node.ts';
import { rangeOf } from '../../read/source-file.ts';
import type { Span } from '../../read/source-file.ts';
import type { Scope } from '../key.ts';
import { emptyTextMap } from '../values.ts';
import { CHECKOUT_TASK, checkout } from './checkout.ts';
import { shortcuts } from './shortcuts.ts';
import { defaultDisplayName, readStep } from './step.ts';
import type { StepDraft } from './step.ts';
import { listHelp } from '../shape-help.ts';

/** Where steps stand: only those of a plain job on an agent begin with a checkout (CO-1, DEP-10). */
export interface StepsPlace {
  readonly pool: PoolPlan;
  readonly checkout: boolean;
  readonly at: Span;
}

/** Reads a list of steps; steps that are switched off are gone afterwards (STEPY-2). */
export function readSteps(node: Node | undefined, place: StepsPlace, scope: Scope): readonly StepPlan[] {
  const drafts = readDrafts(node, scope);
  checkStepNames(node, drafts, scope);
  if (place.pool.kind === 'server') refuseAgentSteps(node, drafts, scope);
  const active = drafts.filter((one) => one !== undefined).filter(({ enabled }) => enabled);
  const implied =
    place.checkout && place.pool.kind === 'pool' && !active.some(({ task }) => task.name === CHECKOUT_TASK);
  const all = implied ? [impliedCheckout(place.at), ...active] : active;
  return nameSteps(all.filter((one) => !fetchesNothing(one)));
}

/** Gives every unnamed step its task's name, numbered where that is taken (NAME-4). */
export function nameSteps(drafts: readonly StepDraft[]): readonly StepPlan[] {
  const taken = new Set(drafts.map(({ given }) => fold(given)));
  const counts = new Map<string, number>();
  return drafts.map(({ given, enabled: _enabled, ...step }) => ({
    name: given === '' ? freeName(step.task.name, taken, counts) : given,
    ...step,
  }));
}

function readDrafts(node: Node | undefined, scope: Scope): readonly (StepDraft | undefined)[] {
  if (node === undefined || (node.kind === 'scalar' && node.text === '')) return [];
  if (node.kind === 'list') return node.items.map((item) => readStep(item, scope));
  scope.report(
    'wrong-shape',
    node.at,
    `Steps must be a list, but this is ${shapeOf(node)}.`,
    listHelp(node, '- script: …'),
  );
  return [];
}

function freeName(task: string, taken: Set<string>, counts: Map<string, number>): string {
  const base = task.slice(task.lastIndexOf('.') + 1).replaceAll(/[^-_A-Za-z0-9]/g, '_');
  let count = counts.get(base) ?? 0;
  let name = count === 0 ? base : `${base}${count}`;
  while (taken.has(fold(name))) name = `${base}${++count}`;
  counts.set(base, count + 1);
  taken.add(fold(name));
  return name;
}

function checkStepNames(
  node: Node | undefined,
  drafts: readonly (StepDraft | undefined)[],
  scope: Scope,
): void {
  const seen = new Set<string>();
  drafts.forEach((one, index) => {
    if (one === undefined || one.given === '') return;
    const item = node?.kind === 'list' ? node.items[index] : undefined;
    const name =
      item?.kind === 'mapping' ? item.entries.find(({ key }) => key.text === 'name')?.value : undefined;
    if (seen.has(fold(one.given)) && name !== undefined) {
      scope.report(
        'name-not-unique',
        name.at,
        `There is already a step named ${quote(one.given)} in this job.`,
      );
    }
    seen.add(fold(one.given));
  });
}

/** The server runs tasks of its own only; the built-in ones all need an agent (JOB-7, STEPY-6). */
function refuseAgentSteps(
  node: Node | undefined,
  drafts: readonly (StepDraft | undefined)[],
  scope: Scope,
): void {
  const tasks = new Set([...shortcuts.values()].map(({ task }) => task.name));
  drafts.forEach((one, index) => {
    const item = node?.kind === 'list' ? node.items[index] : undefined;
    if (one === undefined || item === undefined || fetchesNothing(one) || !tasks.has(one.task.name)) return;
    const at = item.kind === 'mapping' ? (item.entries[0]?.key.at ?? item.at) : item.at;
    scope.report('step-needs-agent', at, `A job on the server cannot run ${quote(one.task.name)}.`);
  });
}

/** `checkout: none` only says that nothing is fetched; it is no step of the plan (CO-1). */
function fetchesNothing({ task, inputs }: Pick<StepDraft, 'task' | 'inputs'>): boolean {
  return task.name === CHECKOUT_TASK && inputs[checkout.input]?.toLowerCase() === 'none';
}

function impliedCheckout(at: Span): StepDraft {
  const inputs = emptyTextMap();
  inputs[checkout.input] = 'self';
  return {
    given: '',
    enabled: true,
    displayName: defaultDisplayName(checkout.task, inputs),
    task: checkout.task,
    inputs,
    env: emptyTextMap(),
    continueOnError: false,
    timeoutInMinutes: 0,
    retryCountOnTaskFailure: 0,
    source: rangeOf(at),
  };
}
