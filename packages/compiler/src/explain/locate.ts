import type { JobPlan, Plan, StepPlan } from '@signalbox/model';
import type { Entry, Node } from '../read/node.ts';
import { rangeOf } from '../read/source-file.ts';
import type { Span } from '../read/source-file.ts';
import { shortcuts } from '../plan/steps/shortcuts.ts';
import type { LinePlace, Segment } from './path-at-line.ts';

/** Where something of the final YAML is in the expanded tree. */
export interface Located {
  /** The key or item itself; undefined for what nobody wrote, as a default or an implied checkout. */
  readonly entry: Entry | undefined;
  /** The innermost stage, job, step or mapping that holds it. */
  readonly holder: Node;
  /** The stages, jobs and steps on the way, the outermost first. */
  readonly elements: readonly Node[];
}

/** Follows the way of a line of the final YAML through the tree that the plan was made of. */
export function locate(line: LinePlace, plan: Plan, root: Node): Located {
  const { path } = line;
  const stage = itemAt(path, 0, 'stages');
  const job = stage === undefined ? undefined : itemAt(path, 2, 'jobs');
  const start = stage === undefined ? 0 : job === undefined ? 2 : 4;
  const elements = elementsOf(root, [stage, job]);
  const planned = plan.stages[stage ?? -1]?.jobs[job ?? -1];
  const steps = path.indexOf('steps', start);
  if (planned === undefined || itemAt(path, steps, 'steps') === undefined)
    return finish(line, start, elements);
  const step = stepAt(line, { planned, start, steps }, elements);
  if (step !== undefined) return finish(line, steps + 2, [...elements, step]);
  return { entry: undefined, holder: elements.at(-1) ?? root, elements };
}

/** The root, the stage and the job; an implied one is the mapping around it, and not said twice. */
function elementsOf(root: Node, positions: readonly (number | undefined)[]): readonly Node[] {
  const elements = [root];
  for (const [depth, position] of positions.entries()) {
    const items = itemsOf(elements.at(-1) ?? root, depth === 0 ? 'stages' : 'jobs');
    const item = position === undefined ? undefined : items[position];
    if (item !== undefined) elements.push(item);
  }
  return elements;
}

/** The position in the list under a key that stands at a place of a way. */
function itemAt(path: readonly Segment[], at: number, key: string): number | undefined {
  const index = path[at + 1];
  return path[at] === key && typeof index === 'number' ? index : undefined;
}

/** The node of a step; none for one that is implied. */
function stepAt(
  { path, lengthAt }: LinePlace,
  { planned, start, steps }: { readonly planned: JobPlan; readonly start: number; readonly steps: number },
  elements: readonly Node[],
): Node | undefined {
  const way = path.slice(start, steps);
  const plans = stepsOf(planned, way);
  const job = elements.at(-1);
  const holder = job === undefined ? undefined : (follow(job, way).value ?? job);
  // A job without a checkout gets a line that says so.
  const added = lengthAt(path.slice(0, steps + 1)) - plans.length;
  const nodes = holder === undefined ? [] : itemsOf(holder, 'steps');
  const index = (itemAt(path, steps, 'steps') ?? 0) - added;
  return index < 0 ? nodes.find(isCheckoutNone) : matchSteps(plans, nodes)[index];
}

/** The rest of the way, from the innermost element on. */
function finish({ path, textAt }: LinePlace, from: number, elements: readonly Node[]): Located {
  const rest = path.slice(from);
  const holder = elements.at(-1);
  if (holder === undefined) throw new Error('There is always a root.');
  const place = { holder, elements };
  if (rest.length === 0) return { ...place, entry: first(holder) };
  const [key] = rest;
  if (itemAt(rest, 0, 'variables') !== undefined) {
    const item = path.slice(0, from + 2);
    const kind = textAt([...item, 'group']) === undefined ? 'name' : 'group';
    return { ...place, entry: variable(holder, kind, textAt([...item, kind])) };
  }
  // Only the pool and the lock are handed down (POOL-1, YAML-26).
  const handedDown = key === 'pool' || key === 'lockBehavior';
  for (const element of handedDown ? elements.toReversed() : [holder]) {
    const { entry } = follow(element, rest);
    if (entry !== undefined) return { ...place, entry };
  }
  return { ...place, entry: inTask(holder, rest) };
}

/** Shortcuts that were passed as parameters have become tasks: what was a key is an input, or the task itself. */
function inTask(step: Node, way: readonly Segment[]): Entry | undefined {
  const [key, ...rest] = way;
  if (entryOf(step, 'task') === undefined || typeof key !== 'string') return undefined;
  const input = follow(step, ['inputs', key]);
  if (input.value !== undefined) return input.entry;
  return rest.length === 0 && shortcuts.has(key) ? first(step) : undefined;
}

function first(node: Node): Entry | undefined {
  return node.kind === 'mapping' ? node.entries[0] : undefined;
}

/** The deepest entry that a way leads to; none unless its first key is there. */
function follow(
  from: Node,
  way: readonly Segment[],
): { readonly entry: Entry | undefined; readonly value: Node | undefined } {
  let entry: Entry | undefined;
  let value: Node | undefined = from;
  for (const segment of way) {
    if (value?.kind === 'list' && typeof segment === 'number') value = value.items[segment];
    else if (value?.kind === 'mapping' && typeof segment === 'string') {
      const found: Entry | undefined = entryOf(value, segment);
      if (found === undefined) return { entry, value: undefined };
      entry = found;
      value = found.value;
    } else return { entry, value: undefined };
  }
  return { entry, value };
}

function entryOf(node: Node, name: string): Entry | undefined {
  return node.kind === 'mapping' ? node.entries.find(({ key }) => key.text === name) : undefined;
}

function itemsOf(node: Node, key: string): readonly Node[] {
  const value = entryOf(node, key)?.value;
  return value?.kind === 'list' ? value.items : [];
}

/** A variable or a group by its name: the file may have a mapping where the final YAML has a list (VARD-1). */
function variable(holder: Node, kind: 'name' | 'group', name: string | undefined): Entry | undefined {
  const variables = entryOf(holder, 'variables')?.value;
  const isNamed = (text: string): boolean => text.toLowerCase() === name?.toLowerCase();
  if (variables?.kind === 'mapping') return variables.entries.find(({ key }) => isNamed(key.text));
  for (const item of variables?.kind === 'list' ? variables.items : []) {
    const given = entryOf(item, kind);
    if (given?.value.kind !== 'scalar' || !isNamed(given.value.text)) continue;
    return kind === 'group' ? given : (entryOf(item, 'value') ?? given);
  }
  return undefined;
}

const HOOKS: Readonly<Record<string, string>> = { success: 'onSuccess', failure: 'onFailure' };

function stepsOf(job: JobPlan, way: readonly Segment[]): readonly StepPlan[] {
  if (job.kind === 'job') return job.steps;
  const last = String(way.at(-1));
  const name = HOOKS[last] ?? last;
  return job.hooks.find(({ hook }) => hook === name)?.steps ?? [];
}

/** The node of each step: those that are switched off have none in the plan, and those that are implied no node. */
function matchSteps(steps: readonly StepPlan[], nodes: readonly Node[]): readonly (Node | undefined)[] {
  let from = 0;
  return steps.map((step) => {
    const at = nodes.findIndex((node, index) => index >= from && isAt(node.at, step));
    if (at < 0) return undefined;
    from = at + 1;
    return nodes[at];
  });
}

/** `checkout: none` is no step of the plan. */
function isCheckoutNone(node: Node): boolean {
  const value = entryOf(node, 'checkout')?.value;
  return value?.kind === 'scalar' && value.text.toLowerCase() === 'none';
}

function isAt(at: Span, { source }: StepPlan): boolean {
  const { file, line, column } = rangeOf(at);
  return file === source.file && line === source.line && column === source.column;
}
