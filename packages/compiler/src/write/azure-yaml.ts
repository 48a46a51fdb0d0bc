import type { Diagnostic } from '@signalbox/model';
import { Document, visit } from 'yaml';
import { compileWithTrees } from '../compile.ts';
import type { CompileRequest } from '../compile.ts';
import { stepsAsTasks } from '../expand/parameters/steps-as-tasks.ts';
import type { Entry, MappingNode, Node } from '../read/node.ts';
import { azureForm } from './azure-form.ts';
import { literal } from './writing.ts';
import type { Written } from './writing.ts';

/** The text, or the file's mistakes. */
export type AzureYaml =
  | { readonly ok: true; readonly yaml: string }
  | { readonly ok: false; readonly diagnostics: readonly Diagnostic[] };

/**
 * The final YAML in the form that the preview of Azure gives (REC-160 … REC-167): what the author wrote, without
 * template expressions, normalised; shortcuts as tasks, nothing filled in.
 */
export async function azureYaml(request: CompileRequest): Promise<AzureYaml> {
  const compiled = await compileWithTrees(request);
  if (!compiled.ok) return compiled;
  const root = azureForm(compiled.root, compiled.source);
  return { ok: true, yaml: print(literal(written(asTasks(root)))) };
}

/** Scalars as bare as YAML lets them be (REC-167), nothing as two quotes (REC-162): all of them are text. */
function print(root: Written): string {
  const document = new Document(root, { schema: 'failsafe', aliasDuplicateObjects: false });
  visit(document, {
    Scalar(_, node) {
      if (node.value === '') node.type = 'QUOTE_SINGLE';
    },
  });
  return document.toString({ lineWidth: 0, singleQuote: true });
}

function asTasks(root: MappingNode): MappingNode {
  const entries = root.entries.map((entry): Entry => {
    const { key, value } = entry;
    if (key.text !== 'stages' || value.kind !== 'list') return entry;
    return { key, value: { ...value, items: value.items.map((item) => stepsAsTasks(item, 'stages')) } };
  });
  return { ...root, entries };
}

function written(node: Node): Written {
  if (node.kind === 'scalar') return node.text;
  if (node.kind === 'list') return node.items.map(written);
  return new Map(node.entries.map(({ key, value }) => [key.text, written(value)]));
}
