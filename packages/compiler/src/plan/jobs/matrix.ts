import type { MatrixLeg, Value } from '@signalbox/model';
import { fold } from '@signalbox/model';
import { quote } from '../../diagnostics.ts';
import { MAX_JOBS_PER_STAGE, MAX_NAME_LENGTH } from '../../limits.ts';
import { shapeOf } from '../../read/node.ts';
import type { Entry, MappingNode, Node, ScalarNode } from '../../read/node.ts';
import { isMapping } from '../key.ts';
import type { Key, Scope } from '../key.ts';
import { lateValue } from '../late.ts';
import { oneOf, TEXT } from '../shape.ts';
import { readScalar, toValue } from '../values.ts';
import { checkVariableName } from '../variables.ts';

/** `matrix` of a strategy: legs with their variables, or what gives them as JSON when the job starts (MTX-1, MTX-2). */
export const matrixKey: Key<readonly MatrixLeg[] | Value> = {
  summary: 'Instances by name, each with variables of its own, or one expression that gives them as JSON.',
  shape: oneOf({ kind: 'map', values: { kind: 'textMap' } }, TEXT),
  read: readMatrix,
};

/** No legs are one instance: templates leave the matrix empty where there is nothing to multiply (MTX-8). */
function readMatrix(node: Node, scope: Scope): readonly MatrixLeg[] | Value | undefined {
  if (node.kind === 'mapping') return readLegs(node, scope);
  if (node.kind === 'list') {
    scope.report(
      'wrong-shape',
      node.at,
      `A matrix must be a mapping, but this is ${shapeOf(node)}.`,
      'Write `NAME:` for each leg, without `- `, and its variables below.',
    );
    return undefined;
  }
  if (node.text.trim() === '') return [];
  const value = lateValue(node);
  if (value !== undefined) return value;
  const help = 'Write a mapping of names to variables, or one expression `$[ … ]` that gives JSON.';
  scope.report('wrong-value', node.at, `${quote(node.text)} is not a matrix.`, help);
  return undefined;
}

function readLegs({ entries, at }: MappingNode, scope: Scope): readonly MatrixLeg[] | undefined {
  if (entries.length > MAX_JOBS_PER_STAGE) {
    const message = `The matrix has ${entries.length} legs; ${MAX_JOBS_PER_STAGE} are allowed.`;
    scope.report('plan-too-large', at, message);
    return undefined;
  }
  const seen = new Set<string>();
  return entries.map((entry, index) => {
    const name = legName(entry.key, index + 1, scope);
    if (seen.has(fold(name))) {
      scope.report('name-not-unique', entry.key.at, `There is already a leg named ${quote(name)}.`);
    }
    seen.add(fold(name));
    const variables = readVariables(entry, scope);
    return name === entry.key.text ? { name, variables } : { name, displayName: entry.key.text, variables };
  });
}

/** Names that no job could have are replaced by their position (MTX-3). */
function legName({ text, at }: ScalarNode, position: number, scope: Scope): string {
  if (/^[A-Za-z][A-Za-z0-9_]*$/.test(text) && text.length <= MAX_NAME_LENGTH) return text;
  const name = `Job${position}`;
  scope.report('leg-renamed', at, `${quote(text)} cannot be the name of a leg; it is called ${quote(name)}.`);
  return name;
}

function readVariables({ key, value }: Entry, scope: Scope): Readonly<Record<string, Value>> {
  const variables = Object.create(null) as Record<string, Value>;
  if (value.kind === 'scalar' && value.text === '') return variables;
  if (!isMapping(value, `the leg ${quote(key.text)}`, scope)) return variables;
  for (const entry of value.entries) {
    checkVariableName(entry.key, scope);
    const scalar = readScalar(entry.value, scope);
    if (scalar !== undefined) variables[entry.key.text] = toValue(scalar.text);
  }
  return variables;
}
