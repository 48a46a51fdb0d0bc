/**
 * What a value lacks of what is wanted, one sentence each: an object must hold at least the wanted properties, a list
 * matches from its beginning, an empty list is wanted empty, and a text between slashes is a pattern.
 */
export function lacking(actual: unknown, wanted: unknown, path = 'it'): readonly string[] {
  if (typeof wanted === 'string' && /^\/.*\/$/s.test(wanted)) {
    const text = typeof actual === 'string' ? actual : (JSON.stringify(actual) ?? '');
    return new RegExp(wanted.slice(1, -1)).test(text) ? [] : [`${path}: ${shown(actual)} is not ${wanted}`];
  }
  if (typeof wanted !== 'object' || wanted === null) {
    return Object.is(actual, wanted) ? [] : [`${path}: ${shown(actual)} instead of ${shown(wanted)}`];
  }
  if (Array.isArray(wanted) && wanted.length === 0) {
    const isEmpty = Array.isArray(actual) && actual.length === 0;
    return isEmpty ? [] : [`${path}: ${shown(actual)} instead of an empty list`];
  }
  if (typeof actual !== 'object' || actual === null)
    return [`${path}: ${shown(actual)} instead of ${shown(wanted)}`];
  return Object.entries(wanted).flatMap(([name, inner]) =>
    lacking(property(actual, name), inner, `${path}.${name}`),
  );
}

/** What lies in a value at a path such as `value.0.id`; all of it at the empty path, undefined where nothing is. */
export function at(value: unknown, path: string): unknown {
  if (path === '') return value;
  return path.split('.').reduce((found, name) => property(found, name), value);
}

function property(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null
    ? Object.entries(value).find(([key]) => key === name)?.[1]
    : undefined;
}

function shown(value: unknown): string {
  return (JSON.stringify(value) ?? 'nothing').slice(0, 300);
}
