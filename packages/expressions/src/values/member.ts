import { failure, type Failure } from '../errors.ts';
import { didYouMean } from '../suggest.ts';
import { toDecimal, toText } from './convert.ts';
import { floorDecimal } from './decimal.ts';
import { foldCase } from './fold.ts';
import { arrayValue, NULL, UNKNOWN, type ArrayValue, type ObjectValue, type Value } from './value.ts';

/** `value[key]` and `value.key`: null where there is nothing to find (EXPR-30); over `*` for every item (EXPR-31). */
export function memberOf(value: Value, key: Value): Value | Failure {
  if (value.kind === 'unknown' || key.kind === 'unknown') return UNKNOWN;
  if (value.kind === 'array' && value.filtered) return memberOfEach(value, key);
  const found = findMember(value, key);
  if (found !== undefined) return found;
  return value.kind === 'object' && value.missing === 'error' ? keyNotFound(value, toText(key) ?? '') : NULL;
}

/** `value.*`: the items or values as a filtered array; nothing for a scalar (EXPR-31). */
export function allMembers(value: Value): Value {
  if (value.kind === 'unknown') return UNKNOWN;
  if (value.kind === 'object' && value.missing === 'unknown') return UNKNOWN;
  const found = membersOf(value);
  if (value.kind !== 'array' || !value.filtered) return arrayValue(found, true);
  const flattened: Value[] = [];
  for (const item of found) {
    if (item.kind === 'unknown') return UNKNOWN;
    for (const member of membersOf(item)) flattened.push(member);
  }
  return arrayValue(flattened, true);
}

function membersOf(value: Value): readonly Value[] {
  if (value.kind === 'array') return value.items;
  return value.kind === 'object' ? [...value.entries.values()] : [];
}

/** Items without the key are dropped. Whether an unknown item has it is unknown, and so is the whole list. */
function memberOfEach(list: ArrayValue, key: Value): Value {
  const found: Value[] = [];
  for (const item of list.items) {
    if (item.kind === 'unknown') return UNKNOWN;
    const member = findMember(item, key);
    if (member?.kind === 'unknown') return UNKNOWN;
    if (member !== undefined) found.push(member);
  }
  return arrayValue(found, true);
}

function findMember(value: Value, key: Value): Value | undefined {
  if (value.kind === 'array') return findItem(value, key);
  return value.kind === 'object' ? findEntry(value, key) : undefined;
}

function findItem(list: ArrayValue, key: Value): Value | undefined {
  const decimal = toDecimal(key);
  const index = decimal === undefined ? undefined : floorDecimal(decimal);
  return index === undefined ? undefined : list.items[index];
}

function findEntry(object: ObjectValue, key: Value): Value | undefined {
  const name = toText(key);
  if (name === undefined) return undefined;
  const found = object.folded === undefined ? object.entries.get(name) : object.folded.get(foldCase(name));
  return found ?? (object.missing === 'unknown' ? UNKNOWN : undefined);
}

function keyNotFound(object: ObjectValue, name: string): Failure {
  const shown = name.slice(0, 100);
  return failure(
    'missing-key',
    `Key not found '${shown}'`,
    didYouMean(name, object.entries.keys()) || 'Declare it under `parameters` of this file.',
  );
}
