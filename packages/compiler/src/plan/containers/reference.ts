import { didYouMean } from '@signalbox/expressions';
import { fold } from '@signalbox/model';
import type { ContainerReference } from '@signalbox/model';
import { quote } from '../../diagnostics.ts';
import { isEmpty } from '../../read/node.ts';
import type { MappingNode, Node, ScalarNode } from '../../read/node.ts';
import type { Span } from '../../read/source-file.ts';
import { readFields, startOf, valueOf } from '../key.ts';
import type { KeyTable, Scope } from '../key.ts';
import { hasMacro } from '../late.ts';
import { nodeKey, readScalar, toValue } from '../values.ts';
import { containerKeys, containerOf } from './container-keys.ts';

const aliasKeys = {
  alias: nodeKey('The name of a container of `resources.containers`.', { shape: { kind: 'text' } }),
};

/** The keys of a container that is named, and of one that stands there (CONT-1). */
export const jobContainerKeys: KeyTable = { ...aliasKeys, ...containerKeys };

/** Reports an alias that no container of `resources.containers` has. */
export function checkContainerAlias(alias: string, at: Span, scope: Scope): void {
  if (scope.containers.has(fold(alias))) return;
  const help = (): string => didYouMean(fold(alias), scope.containers);
  scope.report('container-not-found', at, `There is no container with the alias ${quote(alias)}.`, help);
}

/** `alias:` with a name, or a container that stands there with its `image` (CONT-1, REC-163). */
export function readContainerMapping(
  node: MappingNode,
  what: string,
  scope: Scope,
): ContainerReference | undefined {
  if (valueOf(node, 'alias') !== undefined) {
    const alias = readFields(node, aliasKeys, what, scope)?.alias;
    const scalar = alias === undefined || isEmpty(alias) ? undefined : readScalar(alias, scope);
    return scalar === undefined ? undefined : (imageInAlias(scalar.text) ?? readAlias(scalar, scope));
  }
  const fields = readFields(node, containerKeys, what, scope);
  if (fields?.image !== undefined && fields.image !== '') {
    return { container: containerOf(fields.image, fields) };
  }
  scope.report('missing-key', startOf(node), "A container needs the key 'alias' or the key 'image'.");
  return undefined;
}

/** Final YAML of the service shows an image, too, under `alias` (REC-163); no alias has its characters (RSRC-1). */
function imageInAlias(text: string): ContainerReference | undefined {
  return /^[-_A-Za-z0-9]*$/.test(text) ? undefined : (lateReference(text) ?? { container: { image: text } });
}

/** The name of a declared container; text with macros and expressions only a run can look up (YAML-36). */
export function readAlias({ text, at }: ScalarNode, scope: Scope): ContainerReference {
  const known = lateReference(text);
  if (known !== undefined) return known;
  checkContainerAlias(text, at, scope);
  return { alias: text };
}

/** A reference that only a run can know: an expression, or text with macros, which may give an alias or an image. */
export function lateReference(text: string): ContainerReference | undefined {
  const value = toValue(text);
  if (typeof value === 'object') return value;
  return hasMacro(text) ? { container: { image: text } } : undefined;
}

/** True for a key whose value says nothing, which templates write for an absent parameter. */
export function saysNothing(node: Node): boolean {
  return isEmpty(node) || (node.kind === 'mapping' && node.entries.length === 0);
}
