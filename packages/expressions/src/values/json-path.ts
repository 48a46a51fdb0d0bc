import { failure, type Failure } from '../errors.ts';
import { MAX_PATH_VALUES } from '../limits.ts';
import { compareDecimals } from './decimal.ts';
import { parsePath, type FilterOperator, type Pick, type Selector } from './json-path-syntax.ts';
import type { Value } from './value.ts';

/**
 * The values that a JSON path finds, in document order (HOOK-9). Read are `$`, `.name`, `['name']`, `[0]`, `[-1]`,
 * `*`, `..`, and filters of one comparison such as `[?(@.state == 'open')]`; anything else is refused.
 */
export function findByPath(root: Value, path: string): readonly Value[] | Failure {
  const selectors = parsePath(path);
  if (selectors === undefined) {
    const help = "Usable are $, .name, ['name'], [0], *, .. and filters such as [?(@.state == 'open')].";
    return failure('bad-path', `'${path.slice(0, 60)}' is not a JSON path that can be read`, help, 0);
  }
  const budget = { left: MAX_PATH_VALUES };
  let found: readonly Value[] = [root];
  for (const selector of selectors) found = select(found, selector, budget);
  if (budget.left >= 0) return found;
  return failure('result-too-large', `The path looks at more than ${MAX_PATH_VALUES} values`, '', 0);
}

/** Stops once the budget is below zero. */
function select(values: readonly Value[], selector: Selector, budget: { left: number }): readonly Value[] {
  const found: Value[] = [];
  for (const value of selector.deep ? withDescendants(values) : values) {
    const before = found.length;
    for (const picked of pick(value, selector.pick)) found.push(picked);
    budget.left -= 1 + found.length - before;
    if (budget.left < 0) break;
  }
  return found;
}

/** Every value before the values inside it. Its data is at most MAX_DATA_DEPTH deep, so recursion is safe. */
function* withDescendants(values: Iterable<Value>): Generator<Value> {
  for (const value of values) {
    yield value;
    yield* withDescendants(childrenOf(value));
  }
}

function childrenOf(value: Value): Iterable<Value> {
  if (value.kind === 'array') return value.items;
  return value.kind === 'object' ? value.entries.values() : [];
}

function pick(value: Value, wanted: Pick): Iterable<Value> {
  switch (wanted.kind) {
    case 'all':
      return childrenOf(value);
    case 'name':
      return value.kind === 'object' ? present(value.entries.get(wanted.name)) : [];
    case 'index':
      return value.kind === 'array' ? present(value.items.at(wanted.index)) : [];
    case 'filter':
      return [...childrenOf(value)].filter((child) => passes(child, wanted));
  }
}

function passes(child: Value, { names, operator, operand }: Extract<Pick, { kind: 'filter' }>): boolean {
  let current: Value | undefined = child;
  for (const name of names) current = current?.kind === 'object' ? current.entries.get(name) : undefined;
  if (current === undefined || operator === undefined) return current !== undefined && operator === undefined;
  const order = compareForFilter(current, operand);
  return order === undefined ? operator === '!=' : HOLDS[operator](order);
}

/** Unlike `eq`, a filter converts nothing and minds letter case: undefined for values that cannot be compared. */
function compareForFilter(left: Value, right: Value): number | undefined {
  if (left.kind === 'number' && right.kind === 'number') return compareDecimals(left.value, right.value);
  if (left.kind === 'string' && right.kind === 'string') {
    return left.value === right.value ? 0 : left.value < right.value ? -1 : 1;
  }
  if (left.kind === 'boolean' && right.kind === 'boolean') return Number(left.value) - Number(right.value);
  return left.kind === 'null' && right.kind === 'null' ? 0 : undefined;
}

const HOLDS: Readonly<Record<FilterOperator, (order: number) => boolean>> = {
  '==': (order) => order === 0,
  '!=': (order) => order !== 0,
  '<': (order) => order < 0,
  '<=': (order) => order <= 0,
  '>': (order) => order > 0,
  '>=': (order) => order >= 0,
};

function present(value: Value | undefined): readonly Value[] {
  return value === undefined ? [] : [value];
}
