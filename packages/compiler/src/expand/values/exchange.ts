import type { Value } from '@signalbox/expressions';
import type { Node } from '../../read/node.ts';

/** What ties values of expressions to the nodes they came from or became. */
export interface Exchange {
  /** Nodes of typed list parameters: whoever inserts the value gets them back with their positions. */
  readonly nodes: WeakMap<Value, Node>;
  /** Values of nodes that an expression made: passed on, they keep kind and identity (REC-112). */
  readonly values: WeakMap<Node, Value>;
  /** Nodes that are expanded in full, their templates included. */
  readonly settled: WeakSet<Node>;
}

/** An exchange that knows nothing yet. */
export function newExchange(): Exchange {
  return { nodes: new WeakMap(), values: new WeakMap(), settled: new WeakSet() };
}
