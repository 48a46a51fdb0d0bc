import { editorSchema } from '../../packages/compiler/src/index.ts';
import type { GeneratedFile } from './generated-file.ts';

/** `docs/reference/azure-pipelines.schema.json`: what an editor checks and completes pipeline files by. */
export function editorSchemaFile(): readonly GeneratedFile[] {
  const text = `${JSON.stringify(editorSchema(), undefined, 2)}\n`;
  return [{ path: 'docs/reference/azure-pipelines.schema.json', text }];
}
