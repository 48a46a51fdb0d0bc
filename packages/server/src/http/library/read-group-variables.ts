import { fold } from '@signalbox/model';
import type { GroupVariable } from '@signalbox/store';
import type { Sealer } from '../../auth/sealer.ts';
import { VALUE_LENGTH, VARIABLES } from '../../limits.ts';
import { badRequest } from '../problem.ts';
import { fieldsOf, type Fields } from '../read/fields.ts';

type Variables = Readonly<Record<string, GroupVariable>>;

/** Reads the variables of a group by name; a secret without a value keeps the one in `old`. */
export function readGroupVariables(variables: Fields, sealer: Sealer, old: Variables): Variables {
  const entries = variables.entries();
  if (entries.length > VARIABLES) throw badRequest(`More than ${VARIABLES} variables.`);
  const before = new Map(Object.entries(old).map(([name, variable]) => [fold(name), variable]));
  const read = new Map<string, readonly [string, GroupVariable]>();
  for (const [name, value] of entries) {
    checkName(name);
    if (read.has(fold(name)))
      throw badRequest(`The variable "${name}" is there twice; letter case does not count.`);
    const fields = fieldsOf(typeof value === 'string' ? { value } : value, `The variable "${name}"`);
    read.set(fold(name), [name, readVariable(fields, sealer, before.get(fold(name)))]);
  }
  return Object.fromEntries(read.values());
}

// VARD-7: a name of a variable reaches the environment of a process.
function checkName(name: string): void {
  if (name === '__proto__' || !/^[\w. -]{1,256}$/u.test(name))
    throw badRequest(`"${name.slice(0, 60)}" is not a name of a variable.`);
}

function readVariable(fields: Fields, sealer: Sealer, before: GroupVariable | undefined): GroupVariable {
  const given = fields.text('value', VALUE_LENGTH);
  const secret = fields.flag('isSecret') ?? false;
  if (!secret) return { value: given ?? '', secret };
  const kept = before?.secret === true ? before.value : '';
  return { value: given === undefined ? kept : sealer.seal(given), secret };
}
