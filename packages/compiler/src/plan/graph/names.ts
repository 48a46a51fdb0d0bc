import { fold } from '@signalbox/model';
import { quote } from '../../diagnostics.ts';
import type { Report } from '../../diagnostics.ts';
import { MAX_NAME_LENGTH } from '../../limits.ts';
import type { ScalarNode } from '../../read/node.ts';
import type { Span } from '../../read/source-file.ts';

/** The name of a lone stage or job that the author did not name (NAME-3). */
export const DEFAULT_NAME = '__default';

/** A node that waits for its name: what the author wrote, if anything. */
export interface Unnamed {
  readonly name: Pick<ScalarNode, 'text'> | undefined;
}

/** The name that an author gave; nothing and `__default` mean that none was given. */
export function givenName(node: Pick<ScalarNode, 'text'> | undefined): string | undefined {
  return node === undefined || node.text === '' || node.text === DEFAULT_NAME ? undefined : node.text;
}

/**
 * A name for each node in order: the given one, `__default` for a lone unnamed one, else the smallest number
 * that clashes with no given name (NAME-3).
 */
export function nameNodes(nodes: readonly Unnamed[], prefix: 'Stage' | 'Job'): readonly string[] {
  if (nodes.length === 1) return nodes.map(({ name }) => givenName(name) ?? DEFAULT_NAME);
  const taken = new Set(nodes.map(({ name }) => fold(givenName(name) ?? '')));
  let number = 1;
  return nodes.map(({ name }) => {
    const given = givenName(name);
    if (given !== undefined) return given;
    while (taken.has(fold(`${prefix}${number}`))) number++;
    return `${prefix}${number++}`;
  });
}

/** Reports given names that are malformed or taken, ignoring letter case (NAME-1, NAME-2). */
export function checkNames(names: readonly (ScalarNode | undefined)[], what: string, report: Report): void {
  const seen = new Set<string>();
  for (const node of names) {
    const name = givenName(node);
    if (node === undefined || name === undefined) continue;
    checkName(name, node.at, what, report);
    if (seen.has(fold(name))) {
      report('name-not-unique', node.at, `There is already a ${what} named ${quote(name)}.`);
    }
    seen.add(fold(name));
  }
}

function checkName(name: string, at: Span, what: string, report: Report): void {
  if (/^[A-Za-z_][A-Za-z0-9_]*$/.test(name) && name.length <= MAX_NAME_LENGTH) return;
  report('name-invalid', at, `${quote(name)} cannot be the name of a ${what}.`);
}
