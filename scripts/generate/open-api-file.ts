import type { GeneratedFile } from './generated-file.ts';
import { openApi } from './rest/open-api.ts';
import { restModel } from './rest/rest-model.ts';

/** `packages/api/openapi.json`: every route with its shapes; the server publishes it, tests hold answers to it. */
export function openApiFile(): readonly GeneratedFile[] {
  const text = JSON.stringify(openApi(restModel()), undefined, 1);
  return [{ path: 'packages/api/openapi.json', text: `${text}\n` }];
}
