import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import type { Handlers } from '../ask.ts';

const DOCUMENT = createRequire(import.meta.url).resolve('@signalbox/api/openapi.json');

/** The OpenAPI document, as it was generated from the shapes of the routes. */
export const openApiHandlers: Handlers<'openApi'> = {
  async openApi({ reply }) {
    await reply.type('application/json; charset=utf-8').send(await readFile(DOCUMENT));
    return undefined;
  },
};
