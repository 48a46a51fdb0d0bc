import { editorSchema, policySchema } from '../../packages/compiler/src/index.ts';
import type { GeneratedFile } from './generated-file.ts';

/** `docs/reference/azure-pipelines.schema.json`: what an editor checks and completes pipeline files by. */
export function editorSchemaFile(): readonly GeneratedFile[] {
  const text = `${JSON.stringify(editorSchema(), undefined, 2)}\n`;
  return [{ path: 'docs/reference/azure-pipelines.schema.json', text }];
}

/** `docs/reference/signalbox.policy.schema.json`: the same for policy files. */
export function policySchemaFile(): readonly GeneratedFile[] {
  const text = `${JSON.stringify(policySchema(), undefined, 2)}\n`;
  return [{ path: 'docs/reference/signalbox.policy.schema.json', text }];
}
