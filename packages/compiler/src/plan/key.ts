import { didYouMean } from '@signalbox/expressions';
import { quote } from '../diagnostics.ts';
import type { Report } from '../diagnostics.ts';
import { shapeOf } from '../read/node.ts';
import type { MappingNode, Node } from '../read/node.ts';
import { mappingHelp } from './shape-help.ts';
import type { Shape } from './shape.ts';

/** What every reader of a key may ask for besides the value itself. */
export interface Scope {
  readonly report: Report;
  /** Aliases of the declared repositories, folded; `self` included. */
  readonly repositories: ReadonlySet<string>;
  /** Aliases of the declared containers, folded. */
  readonly containers: ReadonlySet<string>;
  /** The text of a variable that is known when the pipeline is compiled (DEP-3). */
  readonly knownVariable: (name: string) => string | undefined;
  /** The environments that exist; absent when nobody knows them, or a run makes those that lack (DEP-4). */
  readonly environments?: readonly string[];
}

/** One key of the language: documentation, completion and checking read the same record. */
export interface Key<T> {
  readonly summary: string;
  /** What may stand there, for the editor's schema and the key reference. */
  readonly shape: Shape;
  /** The value, or nothing when it was wrong and reported. */
  readonly read: (node: Node, scope: Scope) => T | undefined;
  readonly required?: boolean;
}

/** The keys of one mapping of the language, in the order of the documentation. */
export type KeyTable = Readonly<Record<string, Key<unknown>>>;

/** The values of the keys that were there and right. */
export type Fields<T extends KeyTable> = {
  readonly [Name in keyof T]?: T[Name] extends Key<infer Value> ? Value : never;
};

/** Reads a mapping by a table: unknown and missing keys are reported, the rest is read. */
export function readFields<T extends KeyTable>(
  node: Node,
  table: T,
  what: string,
  scope: Scope,
): Fields<T> | undefined {
  if (!isMapping(node, what, scope)) return undefined;
  checkKeys(node, [table], what, scope);
  return readKnown(node, table, scope);
}

/** Reports every key that none of the tables has, and required ones that lack. `helpFor` may know what a key is for. */
export function checkKeys(
  node: MappingNode,
  tables: readonly KeyTable[],
  what: string,
  scope: Scope,
  helpFor: (key: string) => string = () => '',
): void {
  for (const { key } of node.entries) {
    if (tables.some((one) => Object.hasOwn(one, key.text))) continue;
    const names = tables.flatMap((one) => Object.keys(one));
    const message = `${quote(key.text)} is not a key of ${what}.`;
    scope.report('unexpected-key', key.at, message, helpFor(key.text) || keyHelp(key.text, names));
  }
  for (const table of tables) {
    for (const [name, key] of Object.entries(table)) {
      if (key.required !== true || valueOf(node, name) !== undefined || isMisspelt(name, node, tables))
        continue;
      const message = `${capital(what)} needs the key ${quote(name)}.`;
      scope.report('missing-key', startOf(node), message, `Add \`${name}:\`.`);
    }
  }
}

/** True when an unknown key of the mapping was probably meant to be this one: one mistake, one message. */
export function isMisspelt(name: string, node: MappingNode, tables: readonly KeyTable[]): boolean {
  return node.entries.some(
    ({ key }) => didYouMean(key.text, [name]) !== '' && !tables.some((one) => Object.hasOwn(one, key.text)),
  );
}

/** Reads the keys that the table has and passes over the others. */
export function readKnown<T extends KeyTable>(node: MappingNode, table: T, scope: Scope): Fields<T> {
  const fields: Record<string, unknown> = {};
  for (const { key, value } of node.entries) {
    if (!Object.hasOwn(table, key.text)) continue;
    const read = table[key.text]?.read(value, scope);
    if (read !== undefined) fields[key.text] = read;
  }
  return fields as Fields<T>;
}

/** True for a mapping; anything else is reported, with help if there is better than how a mapping looks. */
export function isMapping(node: Node, what: string, scope: Scope, help = ''): node is MappingNode {
  if (node.kind === 'mapping') return true;
  const message = `${capital(what)} must be a mapping, but this is ${shapeOf(node)}.`;
  scope.report('wrong-shape', node.at, message, help || mappingHelp(node));
  return false;
}

/** The value under a key of a mapping. */
export function valueOf(node: MappingNode, name: string): Node | undefined {
  return node.entries.find(({ key }) => key.text === name)?.value;
}

/** Where a message about a mapping as a whole points: its first key. */
export function startOf(node: Node): Node['at'] {
  return (node.kind === 'mapping' ? node.entries[0]?.key.at : undefined) ?? node.at;
}

/** A sentence's first letter in upper case. */
function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

function keyHelp(key: string, names: readonly string[]): string {
  const meant = didYouMean(key, names);
  if (meant !== '') return meant;
  return names.length > 12
    ? 'Remove the key, or move it to where it belongs.'
    : `Allowed here: ${names.join(', ')}.`;
}
