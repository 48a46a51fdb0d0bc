import type { WireProperties } from '@signalbox/api';
import type { PropertyBag, PropertyOwner, PropertyValue } from '@signalbox/store';
import { VALUE_LENGTH } from '../../limits.ts';
import type { Ask, Handlers } from '../ask.ts';
import { badRequest } from '../problem.ts';
import { fieldsOf, type Fields } from '../read/fields.ts';
import { shapeProperties } from '../shape/properties.ts';
import { findDefinition } from './definitions.ts';
import { findRun } from './find-run.ts';

/** More in one request are a mistake. */
const MAX_CHANGES = 100;

/** Properties of runs and definitions (REST.md §3.3). */
export const propertyHandlers: Handlers<
  'getBuildProperties' | 'updateBuildProperties' | 'getDefinitionProperties' | 'updateDefinitionProperties'
> = {
  getBuildProperties: async (ask) => get(ask, await runOwner(ask)),
  updateBuildProperties: async (ask) => update(ask, await runOwner(ask)),
  getDefinitionProperties: async (ask) => get(ask, await definitionOwner(ask)),
  updateDefinitionProperties: async (ask) => update(ask, await definitionOwner(ask)),
};

async function runOwner(ask: Ask): Promise<PropertyOwner> {
  return { kind: 'run', id: (await findRun(ask)).run.id };
}

async function definitionOwner(ask: Ask): Promise<PropertyOwner> {
  const project = await ask.project();
  const { id } = await findDefinition(ask, project, ask.id('definitionId', 'Definition'));
  return { kind: 'definition', id };
}

async function get(ask: Ask, owner: PropertyOwner): Promise<WireProperties> {
  return wireProperties(await ask.app.store.properties.of(owner), ask.query.texts('filter'));
}

/** A JSON patch: `add` and `replace` set, `remove` removes. */
async function update(ask: Ask, owner: PropertyOwner): Promise<WireProperties> {
  const steps = ask.bodyList();
  if (steps.length > MAX_CHANGES) throw badRequest(`At most ${MAX_CHANGES} properties are changed at once.`);
  const set: Record<string, PropertyValue> = {};
  const remove: string[] = [];
  for (const item of steps) {
    const step = fieldsOf(item, 'Each step of the patch');
    const name = readName(step.text('path'));
    if (isRemoval(step)) remove.push(name);
    else set[name] = readValue(name, step.raw('value'));
  }
  return wireProperties(await ask.app.store.properties.change(owner, { set, remove }));
}

/** Words of JSON patches, or the numbers that node-api sends. */
function isRemoval(step: Fields): boolean {
  const op = step.textOrNumber('op')?.toLowerCase() ?? '';
  if (op === 'remove' || op === '1') return true;
  if (['add', 'replace', '0', '2'].includes(op)) return false;
  throw badRequest('"op" must be "add", "replace" or "remove".');
}

function readName(path: string | undefined): string {
  const name = (path ?? '').replace(/^\//, '').replaceAll('~1', '/').replaceAll('~0', '~');
  if (/^[\w.:/ -]{1,256}$/u.test(name) && name !== '__proto__') return name;
  throw badRequest('"path" must be a slash and the name of a property.');
}

function readValue(name: string, value: unknown): PropertyValue {
  const isPlain = typeof value === 'boolean' || (typeof value === 'number' && Number.isFinite(value));
  if (isPlain) return value;
  if (typeof value === 'string' && value.length <= VALUE_LENGTH) return value;
  throw badRequest(`The property "${name}" must be a short text, a number, true or false.`);
}

function wireProperties(bag: PropertyBag, only?: readonly string[]): WireProperties {
  const value = shapeProperties(bag, only);
  return { count: Object.keys(value).length, value };
}
