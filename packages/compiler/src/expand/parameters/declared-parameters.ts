import type { Diagnostic } from '@signalbox/model';
import { newBag } from '../../diagnostics.ts';
import type { Node } from '../../read/node.ts';
import { readYaml } from '../../read/read-yaml.ts';
import { bareContext } from '../pipeline.ts';
import { declarationsOf } from './declare.ts';
import type { Declaration } from './declare.ts';
import { rootTypes } from './types.ts';

/** A parameter of a pipeline, for whoever asks a person for its value. */
export interface DeclaredParameter {
  readonly name: string;
  /** What people see; absent: its name. */
  readonly displayName?: string;
  /** As the file writes it; `string` where it writes none. */
  readonly type: string;
  /** A default that is one text, a number or a boolean; of others the file alone knows it. */
  readonly default?: string;
  /** True: a run needs a value for it from somebody. */
  readonly required: boolean;
  /** The only values that are allowed; absent: any of its type. */
  readonly values?: readonly string[];
}

/** The parameters that a pipeline file declares, or its first mistakes. */
export type ParametersResult =
  | { readonly ok: true; readonly parameters: readonly DeclaredParameter[] }
  | { readonly ok: false; readonly diagnostics: readonly Diagnostic[] };

/** Reads the parameters of a pipeline file and nothing else of it (PARM-1 … PARM-4). */
export function declaredParameters(path: string, text: string): ParametersResult {
  const bag = newBag();
  const root = readYaml(path, text, bag.report);
  const section = root === undefined ? undefined : under(root, 'parameters');
  if (root === undefined || bag.hasErrors()) return { ok: false, diagnostics: bag.all() };
  if (section === undefined) return { ok: true, parameters: [] };
  const options = { path, parameters: { texts: {}, assume: true }, facts: {}, report: bag.report };
  const declared = declarationsOf(section, rootTypes, bareContext(root, options));
  if (bag.hasErrors()) return { ok: false, diagnostics: bag.all() };
  return { ok: true, parameters: declared.map((one) => declaredParameter(one, section)) };
}

function declaredParameter(
  { name, type, default: value, values }: Declaration,
  section: Node,
): DeclaredParameter {
  const shown = displayNameOf(name.text, section);
  return {
    name: name.text,
    type,
    // Without a default the first of the allowed values counts (PARM-3).
    required: value === undefined && (values === undefined || values.length === 0),
    ...(shown !== undefined && { displayName: shown }),
    ...(value?.kind === 'scalar' && { default: value.text }),
    ...(values !== undefined && { values: values.map(({ text }) => text) }),
  };
}

function displayNameOf(name: string, section: Node): string | undefined {
  if (section.kind !== 'list') return undefined;
  for (const item of section.items) {
    const own = under(item, 'name');
    if (own?.kind !== 'scalar' || own.text !== name) continue;
    const shown = under(item, 'displayName');
    return shown?.kind === 'scalar' && shown.text !== '' ? shown.text : undefined;
  }
  return undefined;
}

function under(node: Node, key: string): Node | undefined {
  if (node.kind !== 'mapping') return undefined;
  return node.entries.find((entry) => entry.key.text === key)?.value;
}
