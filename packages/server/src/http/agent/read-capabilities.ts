import { CAPABILITIES, VALUE_LENGTH } from '../../limits.ts';
import { badRequest } from '../problem.ts';
import type { Fields } from '../read/fields.ts';

/** Capabilities by name, as agents and people give them (AGENT-3). */
export function readCapabilities(fields: Fields): Readonly<Record<string, string>> {
  const entries = fields.entries();
  if (entries.length > CAPABILITIES) throw badRequest(`An agent has at most ${CAPABILITIES} capabilities.`);
  return Object.fromEntries(
    entries.map(([name]) => [name.slice(0, 256), fields.text(name, VALUE_LENGTH) ?? '']),
  );
}
