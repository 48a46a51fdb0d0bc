import { objectValue, parametersValue } from '@signalbox/expressions';
import type { ObjectValue, Value } from '@signalbox/expressions';
import { fold } from '@signalbox/model';
import type { MappingNode, Node } from '../../read/node.ts';

/**
 * The parameters with one more for every web hook that the file declares: its payload (RSRC-7). Without a call there
 * is none, so all that is read of it is null. A declared parameter of the name counts instead.
 */
export function withPayloads(parameters: ObjectValue, root: MappingNode): ObjectValue {
  const aliases = listUnder(under(root, 'resources'), 'webhooks').flatMap(aliasOf);
  if (aliases.length === 0) return parameters;
  const declared = new Set([...parameters.entries.keys()].map(fold));
  const payloads = aliases
    .filter((alias) => !declared.has(fold(alias)))
    .map((alias): readonly [string, Value] => [alias, objectValue(new Map())]);
  return parametersValue(new Map([...payloads, ...parameters.entries]));
}

function aliasOf(item: Node): readonly string[] {
  const alias = under(item, 'webhook');
  return alias?.kind === 'scalar' ? [alias.text] : [];
}

function listUnder(node: Node | undefined, key: string): readonly Node[] {
  const list = under(node, key);
  return list?.kind === 'list' ? list.items : [];
}

function under(node: Node | undefined, name: string): Node | undefined {
  return node?.kind === 'mapping' ? node.entries.find(({ key }) => key.text === name)?.value : undefined;
}
