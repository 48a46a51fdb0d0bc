import { didYouMean, expandMacros, macroNames } from '@signalbox/expressions';
import { fold } from '@signalbox/model';
import type { EnvironmentReference } from '@signalbox/model';
import { quote } from '../../diagnostics.ts';
import { isEmpty } from '../../read/node.ts';
import type { Node, ScalarNode } from '../../read/node.ts';
import type { Span } from '../../read/source-file.ts';
import { readFields, valueOf } from '../key.ts';
import type { Key, KeyTable, Scope } from '../key.ts';
import { choiceInAnyCase, mappingOf, oneOf, TEXT, TEXTS } from '../shape.ts';
import { given, integerKey, readScalar, readTextList, textKey, toValue } from '../values.ts';

const RESOURCE_TYPES = ['VirtualMachine', 'Kubernetes'] as const;

type ResourceType = (typeof RESOURCE_TYPES)[number];

const resourceIdKey = integerKey('The number of one resource of the environment.', 1, 2_147_483_647);

const keys = {
  name: textKey('The name of the environment.', { required: true }),
  resourceName: textKey('The name of one resource of the environment.'),
  resourceId: {
    ...resourceIdKey,
    read: (node: Node, scope: Scope) => (isEmpty(node) ? undefined : resourceIdKey.read(node, scope)),
  },
  resourceType: {
    summary: 'Only resources of this kind.',
    shape: choiceInAnyCase(...RESOURCE_TYPES),
    read: readResourceType,
  },
  tags: {
    summary: 'Only resources that have all of these tags: a list, or text with commas.',
    shape: TEXTS,
    read: readTags,
  },
};

/** The keys of an `environment` mapping (DEP-2). */
export const environmentKeys: KeyTable = keys;

/** `environment`: `name`, `name.resource`, or a mapping (DEP-2); known when the pipeline is compiled (DEP-3). */
export const environmentKey: Key<EnvironmentReference> = {
  summary: 'The environment to deploy to: a name, `name.resource`, or a mapping.',
  shape: oneOf(TEXT, mappingOf('environment')),
  required: true,
  read: readEnvironment,
};

function readEnvironment(node: Node, scope: Scope): EnvironmentReference | undefined {
  if (node.kind === 'scalar') return readShortForm(node, scope);
  const fields = readFields(node, keys, 'an environment', scope);
  if (fields?.name === undefined || node.kind !== 'mapping') return undefined;
  const placeOf = (key: string): Span => valueOf(node, key)?.at ?? node.at;
  const name = knownText(fields.name, placeOf('name'), scope);
  const { resourceId, resourceType, tags } = fields;
  const resourceName = fields.resourceName && knownText(fields.resourceName, placeOf('resourceName'), scope);
  return name === undefined
    ? undefined
    : { name, ...given({ resourceName, resourceId, resourceType, tags }) };
}

/** `name` or `name.resource`. */
function readShortForm({ text, at }: ScalarNode, scope: Scope): EnvironmentReference | undefined {
  const known = knownText(text, at, scope);
  if (known === undefined) return undefined;
  const dot = known.indexOf('.');
  if (dot < 0) return { name: known };
  return { name: known.slice(0, dot), ...given({ resourceName: known.slice(dot + 1) }) };
}

/** Production files write the kinds in any letter case. */
function readResourceType(node: Node, scope: Scope): ResourceType | undefined {
  const scalar = readScalar(node, scope);
  if (scalar === undefined || scalar.text === '') return undefined;
  const type = RESOURCE_TYPES.find((one) => fold(one) === fold(scalar.text));
  if (type === undefined) {
    const help = `Allowed: ${RESOURCE_TYPES.join(', ')}.`;
    scope.report('wrong-value', scalar.at, `${quote(scalar.text)} is not a kind of resource.`, help);
  }
  return type;
}

function readTags(node: Node, scope: Scope): readonly string[] | undefined {
  return readTextList(node, scope)?.flatMap((one) => tagsOf(one, scope));
}

function tagsOf({ text, at }: ScalarNode, scope: Scope): readonly string[] {
  const known = text.trim() === '' ? '' : (knownText(text, at, scope) ?? '');
  return known
    .split(',')
    .map((tag) => tag.trim())
    .filter((tag) => tag !== '');
}

/** Reports the environment of a job that does not exist, where those that do are known (DEP-4, REC-152). */
export function checkEnvironment(
  { name }: EnvironmentReference,
  job: string,
  { node, scope }: { readonly node: Node | undefined; readonly scope: Scope },
): void {
  const { environments } = scope;
  if (environments === undefined || node === undefined || name === '') return;
  if (environments.some((one) => fold(one) === fold(name))) return;
  const { at } = (node.kind === 'mapping' ? valueOf(node, 'name') : undefined) ?? node;
  const message = `Job ${quote(job)}: there is no environment ${quote(name)}.`;
  const help = didYouMean(name, environments);
  scope.report('environment-not-found', at, message, ...(help === '' ? [] : [help]));
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
