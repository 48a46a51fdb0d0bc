import { expandMacros, macroNames } from '@signalbox/expressions';
import type { EnvironmentReference } from '@signalbox/model';
import { quote } from '../../diagnostics.ts';
import type { Node } from '../../read/node.ts';
import type { Span } from '../../read/source-file.ts';
import { readFields, startOf } from '../key.ts';
import type { Key, KeyTable, Scope } from '../key.ts';
import { laterKey, textKey, toValue } from '../values.ts';

const keys = {
  name: textKey('The name of the environment.', { required: true }),
  resourceName: textKey('The name of one resource of the environment.'),
  resourceId: laterKey('The number of one resource of the environment.'),
  resourceType: laterKey('The kind of resources: `VirtualMachine` or `Kubernetes`.'),
  tags: laterKey('Only resources that have all of these tags.'),
};

/** The keys of an `environment` mapping (DEP-2). */
export const environmentKeys: KeyTable = keys;

/** `environment`: `name`, `name.resource`, or a mapping (DEP-2); known when the pipeline is compiled (DEP-3). */
export const environmentKey: Key<EnvironmentReference> = {
  summary: 'The environment to deploy to: a name, `name.resource`, or a mapping.',
  required: true,
  read: readEnvironment,
};

function readEnvironment(node: Node, scope: Scope): EnvironmentReference | undefined {
  if (node.kind === 'scalar') {
    const text = knownText(node.text, node.at, scope);
    if (text === undefined) return undefined;
    const dot = text.indexOf('.');
    return dot < 0 ? reference(text, undefined) : reference(text.slice(0, dot), text.slice(dot + 1));
  }
  const fields = readFields(node, keys, 'an environment', scope);
  if (fields?.name === undefined) return undefined;
  const name = knownText(fields.name, startOf(node), scope);
  const resource = knownText(fields.resourceName ?? '-', startOf(node), scope);
  if (name === undefined || resource === undefined) return undefined;
  return reference(name, fields.resourceName === undefined ? undefined : resource);
}

function reference(name: string, resourceName: string | undefined): EnvironmentReference {
  return resourceName === undefined || resourceName === '' ? { name } : { name, resourceName };
}

/** The text with macros replaced by variables of the pipeline level; a report when one is not known yet. */
function knownText(text: string, at: Span, scope: Scope): string | undefined {
  const known = expandMacros(text, scope.knownVariable);
  const [unknown] = macroNames(known);
  if (unknown !== undefined) {
    const message = `The variable ${quote(unknown)} is not known when the pipeline is compiled.`;
    scope.report('environment-not-known', at, message);
  } else if (known.trim() === '') {
    scope.report('environment-not-known', at, 'The environment has no name.');
  } else if (typeof toValue(known) === 'object') {
    scope.report('environment-not-known', at, `${quote(text)} is not known when the pipeline is compiled.`);
  } else {
    return known;
  }
  return undefined;
}
