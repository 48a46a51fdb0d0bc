import type { VariableEntry, VariableGroupPlan, VariablePlan } from '@signalbox/model';
import { quote } from '../diagnostics.ts';
import type { ListNode, MappingNode, Node, ScalarNode } from '../read/node.ts';
import { checkExpression } from './condition.ts';
import { checkItemKind } from './item-kind.ts';
import { isMapping, readFields, valueOf } from './key.ts';
import type { Key, KeyTable, Scope } from './key.ts';
import { listOf, oneOf } from './shape.ts';
import { booleanKey, readScalar, textKey, toValue } from './values.ts';
import { mappingHelp } from './shape-help.ts';

const itemKeys = {
  name: textKey('The name of the variable.', { required: true }),
  value: textKey('Its value: text, macros, or one run-time expression.'),
  readonly: booleanKey('True forbids to set it again while the run goes on.'),
};

const groupKeys = {
  group: textKey('The name of the variable group.', { required: true }),
};

/** The keys of a variable in the list form (VARD-1). */
export const variableKeys: KeyTable = itemKeys;

/** The keys of a variable group (VARD-5). */
export const variableGroupKeys: KeyTable = groupKeys;

/** Where variables stand decides whether `$[ ]` is parsed now: only at the root (REC table 8.5). */
export function variablesKey(level: 'pipeline' | 'stage' | 'job'): Key<readonly VariableEntry[]> {
  return {
    summary: 'Variables: a mapping of names to values, or a list.',
    shape: oneOf({ kind: 'textMap' }, listOf('variable', 'variable group', 'template')),
    read: (node, scope) => readVariables(node, level, scope),
  };
}

function readVariables(node: Node, level: string, scope: Scope): readonly VariableEntry[] | undefined {
  if (node.kind === 'scalar') {
    if (node.text === '') return [];
    scope.report(
      'wrong-shape',
      node.at,
      'Variables must be a mapping or a list, but this is text.',
      mappingHelp(node),
    );
    return undefined;
  }
  const written = node.kind === 'mapping' ? readMappingForm(node, scope) : readListForm(node, scope);
  return written.map((one) => ('group' in one ? one : planVariable(one, level, scope)));
}

function planVariable({ name, value, readonly }: Written, level: string, scope: Scope): VariablePlan {
  checkVariableName(name, scope);
  const planned = toValue(value.text);
  if (level === 'pipeline' && typeof planned === 'object') {
    checkExpression(planned.expression, 'rootVariable', value.at, scope);
  }
  return { name: name.text, value: planned, readonly };
}

interface Written {
  readonly name: ScalarNode;
  readonly value: ScalarNode;
  readonly readonly: boolean;
}

function readMappingForm(node: MappingNode, scope: Scope): readonly Written[] {
  return node.entries.flatMap(({ key, value }) => {
    const scalar = readScalar(value, scope);
    return scalar === undefined ? [] : [{ name: key, value: scalar, readonly: false }];
  });
}

/** Groups keep their place: of two definitions of a name the later one counts (VARD-5). */
function readListForm(node: ListNode, scope: Scope): readonly (Written | VariableGroupPlan)[] {
  return node.items.flatMap((item): readonly (Written | VariableGroupPlan)[] => {
    if (!isMapping(item, 'a variable', scope)) return [];
    const kind = checkItemKind(item, ['name', 'group', 'template'], 'a variable', scope);
    if (kind === 'group') return readGroup(item, scope);
    return kind === 'name' ? readItem(item, scope) : [];
  });
}

/** Its values are only known when a stage may use it, so nothing but the name is checked (VARD-9). */
function readGroup(item: MappingNode, scope: Scope): readonly VariableGroupPlan[] {
  const group = readFields(item, groupKeys, 'a variable group', scope)?.group;
  if (group === undefined) return [];
  if (group.trim() !== '') return [{ group }];
  scope.report('name-invalid', item.at, 'A variable group needs a name.', 'Write the name of the group.');
  return [];
}

function readItem(item: MappingNode, scope: Scope): readonly Written[] {
  const fields = readFields(item, itemKeys, 'a variable', scope);
  const name = valueOf(item, 'name');
  if (fields?.name === undefined || name?.kind !== 'scalar') return [];
  const value = valueOf(item, 'value');
  const none: ScalarNode = { kind: 'scalar', text: '', at: name.at };
  return [{ name, value: value?.kind === 'scalar' ? value : none, readonly: fields.readonly ?? false }];
}

/** What tasks never see: the agent keeps values of its own under such names (VARD-7). */
const HIDDEN_PREFIXES = ['endpoint', 'input', 'secret', 'path', 'securefile'];

/**
 * `system` names are the service's own (REC-91). Other prefixes of VARD-12 are accepted: production files define
 * `Environment.ShortName` and `build.…` options of their own, and set `System.Debug`.
 */
export function checkVariableName({ text, at }: ScalarNode, scope: Scope): void {
  const name = text.toLowerCase();
  if (text.trim() === '') {
    scope.report('variable-name-invalid', at, 'A variable needs a name.');
  } else if (name === 'system' || (name.startsWith('system.') && name !== 'system.debug')) {
    scope.report('variable-name-invalid', at, `Cannot override system variable ${quote(text)}.`);
  } else if (HIDDEN_PREFIXES.some((prefix) => name.startsWith(prefix))) {
    const message = `Tasks may not see ${quote(text)}: names that begin with ${HIDDEN_PREFIXES.join(', ')} are reserved.`;
    scope.report('name-reserved', at, message);
  }
}
