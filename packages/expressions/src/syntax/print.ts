import { exactText } from '../values/decimal.ts';
import { isIdentifier } from './lexer.ts';
import type { AccessLink, Expression, LiteralNode } from './tree.ts';

/** The expression in its plainest spelling; parsing that gives the same tree again. */
export function printExpression(tree: Expression): string {
  switch (tree.type) {
    case 'literal':
      return printLiteral(tree.value);
    case 'name':
      return tree.name;
    case 'call':
      return `${tree.name}(${tree.args.map(printExpression).join(', ')})`;
    case 'access':
      return printExpression(tree.target) + tree.links.map(printLink).join('');
  }
}

function printLiteral(value: LiteralNode['value']): string {
  switch (value.kind) {
    case 'boolean':
      return value.value ? 'true' : 'false';
    case 'number':
      return exactText(value.value);
    case 'version':
      return value.value.join('.');
    case 'string':
      return quote(value.value);
  }
}

function printLink(link: AccessLink): string {
  if (link.type === 'all') return '.*';
  if (link.type === 'index') return `[${printExpression(link.index)}]`;
  return isIdentifier(link.name) ? `.${link.name}` : `[${quote(link.name)}]`;
}

function quote(text: string): string {
  return `'${text.replaceAll("'", "''")}'`;
}
