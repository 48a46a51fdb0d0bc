import { quote } from '../../diagnostics.ts';
import { isEmpty, shapeOf } from '../../read/node.ts';
import type { MappingNode, Node, ScalarNode } from '../../read/node.ts';
import type { KeyTable } from '../../plan/key.ts';
import { nodeKey, textKey } from '../../plan/values.ts';
import type { Context } from '../context.ts';
import { mappingHelp, TEXT_HELP } from '../../plan/shape-help.ts';

/** A reference to a template, expanded. */
export interface Reference {
  readonly template: ScalarNode;
  readonly parameters: MappingNode;
}

/** The keys of a reference to a template (TPL-2). */
export const templateKeys: KeyTable = {
  template: textKey(
    'The file: from the folder of this one, with a leading `/` or `@ALIAS` from the root of its repository.',
    {
      required: true,
    },
  ),
  parameters: nodeKey('What the parameters of the template are, by name.', {
    shape: { kind: 'map', values: { kind: 'any' } },
  }),
};

/** Reads `template` and `parameters`; no other key may stand beside them (TPL-2). */
export function referenceOf(node: MappingNode, context: Context): Reference | undefined {
  const nothing: MappingNode = { kind: 'mapping', entries: [], at: node.at };
  let template: ScalarNode | undefined;
  let parameters: MappingNode | undefined;
  for (const { key, value } of node.entries) {
    if (key.text === 'template') template = value.kind === 'scalar' ? value : wrong('Text', value, context);
    else if (key.text === 'parameters') {
      if (value.kind === 'mapping') parameters = value;
      else if (!isEmpty(value)) wrong('A mapping', value, context);
    } else {
      const message = `${quote(key.text)} is not a key of a reference to a template.`;
      context.work.report('unexpected-key', key.at, message, 'Allowed here: template, parameters.');
    }
  }
  return template === undefined ? undefined : { template, parameters: parameters ?? nothing };
}

function wrong(wanted: string, value: Node, { work }: Context): undefined {
  work.report(
    'wrong-shape',
    value.at,
    `${wanted} is expected here, but this is ${shapeOf(value)}.`,
    wanted === 'Text' ? TEXT_HELP : mappingHelp(value),
  );
}
