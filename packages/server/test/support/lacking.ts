/** What the answer lacks of what is wanted: a text between slashes is a pattern, lists match from their beginning. */
export function lacking(actual: unknown, wanted: unknown, path = ''): readonly string[] {
  if (typeof wanted === 'string' && /^\/.*\/s?$/.test(wanted)) {
    return new RegExp(wanted.slice(1, -1)).test(String(actual))
      ? []
      : [`${path}: ${String(actual)} is not ${wanted}`];
  }
  if (typeof wanted !== 'object' || wanted === null) {
    return Object.is(actual, wanted)
      ? []
      : [`${path}: ${JSON.stringify(actual)} instead of ${JSON.stringify(wanted)}`];
  }
  if (Array.isArray(wanted) && wanted.length === 0 && Array.isArray(actual) && actual.length > 0) {
    return [`${path}: ${actual.length} items instead of none`];
  }
  return Object.entries(wanted).flatMap(([name, inner]) =>
    lacking((actual as Record<string, unknown> | undefined)?.[name], inner, `${path}.${name}`),
  );
}
