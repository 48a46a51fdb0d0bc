import type { Plan } from '@signalbox/model';

/**
 * Where two plans differ first, apart from the places in files, and from the templates that were extended: expanded text
 * does not tell them. Undefined when the plans are the same.
 */
export function planDifference(left: Plan, right: Plan): string | undefined {
  return difference(plain(left), plain(right), 'plan');
}

/** The source of a pipeline resource is text; other sources are places. */
function plain({ extends: _extends, ...plan }: Plan): unknown {
  const isPlace = (key: string, value: unknown): boolean => key === 'source' && typeof value === 'object';
  return JSON.parse(JSON.stringify(plan, (key, value: unknown) => (isPlace(key, value) ? undefined : value)));
}

function difference(left: unknown, right: unknown, path: string): string | undefined {
  if (typeof left !== 'object' || typeof right !== 'object' || left === null || right === null) {
    return left === right ? undefined : `${path}: ${JSON.stringify(left)} became ${JSON.stringify(right)}`;
  }
  const [before, after] = [new Map(Object.entries(left)), new Map(Object.entries(right))];
  for (const key of new Set([...before.keys(), ...after.keys()])) {
    const found = difference(before.get(key), after.get(key), `${path}.${key}`);
    if (found !== undefined) return found;
  }
  return undefined;
}
