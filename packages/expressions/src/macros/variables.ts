import { MAX_MACRO_DEPTH, MAX_MACRO_TEXT_LENGTH, MAX_RESULT_LENGTH } from '../limits.ts';
import { foldCase } from '../values/fold.ts';
import { expandMacros, macroNames, macroParts, type VariableLookup } from './text.ts';

/** Why a variable kept its own text (VAR-7). */
export interface MacroWarning {
  readonly name: string;
  readonly reason: 'cycle' | 'too-deep' | 'too-long';
}

/** The variables with their macros expanded, under the given names and in the given order. */
export interface ExpandedVariables {
  readonly values: ReadonlyMap<string, string>;
  readonly warnings: readonly MacroWarning[];
}

/**
 * Expands the macros in the values of variables, recursively up to MAX_MACRO_DEPTH. A variable that runs into a
 * cycle, goes deeper, or grows beyond MAX_RESULT_LENGTH keeps its text and is warned about, and so does every
 * variable that mentions it (VAR-7). The same happens when all together grow beyond MAX_MACRO_TEXT_LENGTH.
 */
export function expandVariables(variables: ReadonlyMap<string, string>): ExpandedVariables {
  const nodes = linkVariables(variables);
  const warnings: MacroWarning[] = [];
  let room = MAX_MACRO_TEXT_LENGTH;
  for (const node of inOrder(nodes)) {
    const reason = expandNode(node, nodes, room);
    if (node.mentions.size > 0) room -= node.expanded?.length ?? 0;
    if (reason !== undefined) warnings.push({ name: node.name, reason });
  }
  const values = new Map<string, string>();
  for (const [name, value] of variables) values.set(name, nodes.get(foldCase(name))?.expanded ?? value);
  return { values, warnings };
}

interface VariableNode {
  readonly name: string;
  readonly value: string;
  /** Folded names of the variables that its text mentions. */
  readonly mentions: ReadonlySet<string>;
  readonly mentionedBy: VariableNode[];
  /** Mentioned variables that are not expanded yet. */
  waiting: number;
  depth: number;
  /** Undefined until it is expanded, and for good if it cannot be. */
  expanded?: string;
  failed: MacroWarning['reason'] | undefined;
}

function linkVariables(variables: ReadonlyMap<string, string>): ReadonlyMap<string, VariableNode> {
  const folded = new Map([...variables].map(([name, value]) => [foldCase(name), { name, value }]));
  const nodes = new Map<string, VariableNode>();
  for (const [key, { name, value }] of folded) {
    const mentions = new Set(
      macroNames(value)
        .map(foldCase)
        .filter((mentioned) => folded.has(mentioned)),
    );
    nodes.set(key, {
      name,
      value,
      mentions,
      mentionedBy: [],
      waiting: mentions.size,
      depth: 0,
      failed: undefined,
    });
  }
  for (const node of nodes.values()) {
    for (const mentioned of node.mentions) nodes.get(mentioned)?.mentionedBy.push(node);
  }
  return nodes;
}

/** First every variable after those it mentions, then those that never become free because they reach a cycle. */
function inOrder(nodes: ReadonlyMap<string, VariableNode>): readonly VariableNode[] {
  const ordered = [...nodes.values()].filter((node) => node.waiting === 0);
  for (const node of ordered) {
    for (const user of node.mentionedBy) {
      user.waiting--;
      if (user.waiting === 0) ordered.push(user);
    }
  }
  return [...ordered, ...[...nodes.values()].filter((node) => node.waiting > 0)];
}

/** Expands one node whose mentions are done into at most `room` characters, and says why if it cannot be. */
function expandNode(
  node: VariableNode,
  nodes: ReadonlyMap<string, VariableNode>,
  room: number,
): MacroWarning['reason'] | undefined {
  const mentioned = [...node.mentions].map((name) => nodes.get(name)).filter((other) => other !== undefined);
  const lookup: VariableLookup = (name) => nodes.get(foldCase(name))?.expanded;
  node.depth = mentioned.reduce((depth, other) => Math.max(depth, other.depth + 1), 0);
  const inherited = mentioned.find((other) => other.failed !== undefined)?.failed;
  node.failed = inherited ?? ownFailure(node, Math.min(room, MAX_RESULT_LENGTH), lookup);
  if (node.failed === undefined) node.expanded = expandMacros(node.value, lookup);
  return node.failed;
}

function ownFailure(
  node: VariableNode,
  room: number,
  lookup: VariableLookup,
): MacroWarning['reason'] | undefined {
  if (node.waiting > 0) return 'cycle';
  if (node.depth > MAX_MACRO_DEPTH) return 'too-deep';
  if (node.mentions.size === 0) return undefined;
  // Measured before it is built: 50 variables that each mention the last one twice would be 2^50 times as long.
  let length = 0;
  for (const part of macroParts(node.value)) {
    length += 'text' in part ? part.text.length : (lookup(part.name) ?? part.source).length;
  }
  return length > room ? 'too-long' : undefined;
}
