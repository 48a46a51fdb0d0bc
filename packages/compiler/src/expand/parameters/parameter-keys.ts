import type { KeyTable } from '../../plan/key.ts';
import { choiceOf } from '../../plan/shape.ts';
import { nodeKey, textKey, textsKey } from '../../plan/values.ts';
import { rootTypes, templateTypes } from './types.ts';

const types = [...new Set([...rootTypes.keys(), ...templateTypes.keys()])];

/** The keys of a declared parameter, `name` first (PARM-1). */
export const parameterKeys: KeyTable = {
  name: textKey('The name of the parameter.', { required: true }),
  displayName: textKey('What people see.'),
  type: nodeKey('Its type. Default `string`.', { shape: choiceOf(...types) }),
  default: nodeKey('Its value where none is given. Literals only.'),
  values: textsKey('The values that are allowed.'),
};
