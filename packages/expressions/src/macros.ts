import { MAX_MACRO_DEPTH, MAX_RESULT_LENGTH } from './limits.ts';
import { foldCase } from './values/fold.ts';

/** The value of a variable by name, undefined when there is none; names ignore case (REC-89). */
export type VariableLookup = (name: string) => string | undefined;

/** A piece of text with macros: literal text, or the name between `$(` and `)`. */
type MacroPart = { readonly text: string } | { readonly name: string; readonly source: string };

/**
 * Replaces every `$(name)` from left to right in one pass. What is inserted is not scanned again, so of
 * `$(a$(b))` only the inner macro is expanded; unknown names stay as they are (VAR-8, REC-178).
 */
export function expandMacros(text: string, lookup: VariableLookup): string {
  let result = '';
  for (const part of macroParts(text)) {
    if ('text' in part) result += part.text;
    else result += lookup(part.name) ?? part.source;
  }
  return result;
}

/** The names between `$(` and `)`, each once, in order of appearance. */
export function macroNames(text: string): readonly string[] {
  const names = new Set<string>();
  for (const part of macroParts(text)) if ('name' in part) names.add(part.name);
  return [...names];
}

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
 * variable that mentions it (VAR-7).
 */
export function expandVariables(variables: ReadonlyMap<string, string>): ExpandedVariables {
  const nodes = linkVariables(variables);
  const warnings: MacroWarning[] = [];
  for (const node of inOrder(nodes)) {
    const reason = expandNode(node, nodes);
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

/** Expands one node whose mentions are done, and says why if it cannot be. */
function expandNode(
  node: VariableNode,
  nodes: ReadonlyMap<string, VariableNode>,
): MacroWarning['reason'] | undefined {
  const mentioned = [...node.mentions].map((name) => nodes.get(name)).filter((other) => other !== undefined);
  const lookup: VariableLookup = (name) => nodes.get(foldCase(name))?.expanded;
  node.depth = mentioned.reduce((depth, other) => Math.max(depth, other.depth + 1), 0);
  node.failed = mentioned.find((other) => other.failed !== undefined)?.failed ?? ownFailure(node, lookup);
  if (node.failed === undefined) node.expanded = expandMacros(node.value, lookup);
  return node.failed;
}

function ownFailure(node: VariableNode, lookup: VariableLookup): MacroWarning['reason'] | undefined {
  if (node.waiting > 0) return 'cycle';
  if (node.depth > MAX_MACRO_DEPTH) return 'too-deep';
  // Measured before it is built: 50 variables that each mention the last one twice would be 2^50 times as long.
  let length = 0;
  for (const part of macroParts(node.value)) {
    length += 'text' in part ? part.text.length : (lookup(part.name) ?? part.source).length;
  }
  return length > MAX_RESULT_LENGTH ? 'too-long' : undefined;
}

/**
 * Cuts a text at its macros. A `)` closes the nearest `$(` before it: that is the left-to-right reading in linear
 * time, because a name with `$(` in it does not exist, so an outer `$(` could never match first.
 */
function* macroParts(text: string): Generator<MacroPart> {
  let done = 0;
  let open = -1;
  for (let index = text.indexOf('$('); index >= 0 && index < text.length; index++) {
    if (text.charAt(index) === '$' && text.charAt(index + 1) === '(') open = index;
    if (text.charAt(index) !== ')' || open < done) continue;
    if (open > done) yield { text: text.slice(done, open) };
    yield { name: text.slice(open + 2, index), source: text.slice(open, index + 1) };
    done = index + 1;
  }
  if (done < text.length) yield { text: text.slice(done) };
}
