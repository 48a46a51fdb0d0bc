import { quote } from '../diagnostics.ts';
import type { Report } from '../diagnostics.ts';
import type { Node, ScalarNode } from '../read/node.ts';

/** Reports every template expression of a tree, in keys and in values; false when there was one. */
export function refuseExpressions(node: Node, report: Report): boolean {
  switch (node.kind) {
    case 'scalar':
      return refuseScalar(node, report);
    case 'list':
      return node.items.map((item) => refuseExpressions(item, report)).every(Boolean);
    case 'mapping':
      return node.entries
        .map(({ key, value }) => [refuseScalar(key, report), refuseExpressions(value, report)].every(Boolean))
        .every(Boolean);
  }
}

function refuseScalar({ text, at }: ScalarNode, report: Report): boolean {
  const start = text.indexOf('${{');
  if (start < 0) return true;
  const end = text.indexOf('}}', start);
  const expression = text.slice(start, end < 0 ? undefined : end + 2);
  report('not-supported-yet', at, `Template expressions are not supported yet: ${quote(expression)}.`);
  return false;
}
