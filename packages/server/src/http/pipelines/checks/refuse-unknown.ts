import { badRequest } from '../../problem.ts';
import type { Fields } from '../../read/fields.ts';

/** Refuses what is written beside the names that are known, whatever their letter case: it would look obeyed. */
export function refuseUnknown(fields: Fields, known: readonly string[], what: string): void {
  const names = new Set(known.map((name) => name.toLowerCase()));
  const found = fields.entries().find(([name]) => !names.has(name.toLowerCase()));
  if (found === undefined) return;
  const has = known.length === 0 ? 'no settings' : known.join(', ');
  throw badRequest(`${what} has no "${found[0].slice(0, 60)}"; it has ${has}.`);
}
