import type { TextRange } from '../errors.ts';
import type { BooleanValue, NumberValue, StringValue, VersionValue } from '../values/value.ts';

/** A parsed expression. Its nesting is at most MAX_EXPRESSION_DEPTH, so walking it by recursion is safe. */
export type Expression = LiteralNode | NameNode | CallNode | AccessNode;

/** A literal (EXPR-1). */
export interface LiteralNode extends TextRange {
  readonly type: 'literal';
  readonly value: BooleanValue | NumberValue | StringValue | VersionValue;
}

/** A named value, in the spelling of the place or of the loop that declares it. */
export interface NameNode extends TextRange {
  readonly type: 'name';
  readonly name: string;
}

/** A function call; `name` is the record's spelling. `nameEnd` ends the name in the text. */
export interface CallNode extends TextRange {
  readonly type: 'call';
  readonly name: string;
  readonly nameEnd: number;
  readonly args: readonly Expression[];
}

/** A chain of `.name`, `[index]` and `.*` over one target; a list, because chains do not count as depth (REC-101). */
export interface AccessNode extends TextRange {
  readonly type: 'access';
  readonly target: NameNode | CallNode;
  readonly links: readonly AccessLink[];
}

/** One step of a chain. */
export type AccessLink =
  | (TextRange & { readonly type: 'property'; readonly name: string })
  | (TextRange & { readonly type: 'index'; readonly index: Expression })
  | (TextRange & { readonly type: 'all' });
