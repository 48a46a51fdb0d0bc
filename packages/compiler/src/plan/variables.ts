import type { VariablePlan } from '@signalbox/model';
import { quote } from '../diagnostics.ts';
import type { ListNode, MappingNode, Node, ScalarNode } from '../read/node.ts';
import { checkExpression } from './condition.ts';
import { isMapping, readFields, valueOf } from './key.ts';
import type { Key, KeyTable, Scope } from './key.ts';
import { booleanKey, laterKey, nodeKey, readScalar, textKey, toValue } from './values.ts';

const itemKeys = {
  name: textKey('The name of the variable.', { required: true }),
  value: textKey('Its value: text, macros, or one run-time expression.'),
  readonly: booleanKey('True forbids to set it again while the run goes on.'),
};

/** The keys of a variable in the list form (VARD-1). */
export const variableKeys: KeyTable = {
  ...itemKeys,
  group: laterKey('The name of a variable group.'),
  template: textKey('A file with variables.'),
  parameters: nodeKey('The parameters of that file.'),
};

/** Where variables stand decides whether `$[ ]` is parsed now: only at the root (REC table 8.5). */
export function variablesKey(level: 'pipeline' | 'stage' | 'job'): Key<readonly VariablePlan[]> {
  return {
    summary: 'Variables: a mapping of names to values, or a list.',
    read: (node, scope) => readVariables(node, level, scope),
  };
}

function readVariables(node: Node, level: string, scope: Scope): readonly VariablePlan[] | undefined {
  if (node.kind === 'scalar') {
    if (node.text === '') return [];
    scope.report('wrong-shape', node.at, 'Variables must be a mapping or a list, but this is text.');
    return undefined;
  }
  const written = node.kind === 'mapping' ? readMappingForm(node, scope) : readListForm(node, scope);
  return written.map(({ name, value, readonly }) => {
    checkVariableName(name, scope);
    const planned = toValue(value.text);
    if (level === 'pipeline' && typeof planned === 'object') {
      checkExpression(planned.expression, 'rootVariable', value.at, scope);
    }
    return { name: name.text, value: planned, readonly };
  });
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

function readListForm(node: ListNode, scope: Scope): readonly Written[] {
  return node.items.flatMap((item) => {
    if (!isMapping(item, 'a variable', scope)) return [];
    const first = item.entries[0]?.key;
    if (first?.text === 'group') {
      scope.report('not-supported-yet', first.at, `${quote(first.text)} in variables is not supported yet.`);
      return [];
    }
    const fields = readFields(item, itemKeys, 'a variable', scope);
    const name = valueOf(item, 'name');
    if (fields?.name === undefined || name?.kind !== 'scalar') return [];
    const value = valueOf(item, 'value');
    const none: ScalarNode = { kind: 'scalar', text: '', at: name.at };
    return [{ name, value: value?.kind === 'scalar' ? value : none, readonly: fields.readonly ?? false }];
  });
}

/**
 * `system` names are the service's own (REC-91). Other prefixes of VARD-12 are accepted: production files define
 * `Environment.ShortName` and `build.…` options of their own, and set `System.Debug`.
 */
function checkVariableName({ text, at }: ScalarNode, scope: Scope): void {
  const name = text.toLowerCase();
  if (text.trim() === '') {
    scope.report('variable-name-invalid', at, 'A variable needs a name.');
  } else if (name === 'system' || (name.startsWith('system.') && name !== 'system.debug')) {
    scope.report('variable-name-invalid', at, `Cannot override system variable ${quote(text)}.`);
  }
}
