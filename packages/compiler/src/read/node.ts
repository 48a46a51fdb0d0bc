import type { Span } from './source-file.ts';

/** Text; what kind of value it is decides the key that it stands under (YAML-1). Nothing at all is empty text. */
export interface ScalarNode {
  readonly kind: 'scalar';
  readonly text: string;
  readonly at: Span;
  /** True for text that is text whatever it looks like (REC-58). */
  readonly quoted?: true;
}

/** Keys in the order of the file, unique without regard to case (REC-3). */
export interface MappingNode {
  readonly kind: 'mapping';
  readonly entries: readonly Entry[];
  readonly at: Span;
}

/** One key of a mapping and its value. */
export interface Entry {
  readonly key: ScalarNode;
  readonly value: Node;
}

/** Items in the order of the file. */
export interface ListNode {
  readonly kind: 'list';
  readonly items: readonly Node[];
  readonly at: Span;
}

/** A piece of a file with its position: what reading gives and planning takes. */
export type Node = ScalarNode | MappingNode | ListNode;

/** How a message names the shape of a node. */
export function shapeOf(node: Node): string {
  if (node.kind === 'list') return 'a list';
  if (node.kind === 'mapping') return 'a mapping';
  return node.text === '' ? 'nothing' : 'text';
}

/** True for a key without a value, which means the same as empty text. */
export function isEmpty(node: Node): boolean {
  return node.kind === 'scalar' && node.text === '';
}
