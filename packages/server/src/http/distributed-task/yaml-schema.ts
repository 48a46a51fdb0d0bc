import { editorSchema } from '@signalbox/compiler';
import type { Handlers } from '../ask.ts';
import { badRequest } from '../problem.ts';

/** The schema of pipeline files, and the token that this server does not give (REST.md §1.3). */
export const yamlSchemaHandlers: Handlers<'getYamlSchema' | 'createOidcToken'> = {
  getYamlSchema: async () => editorSchema(),
  async createOidcToken(ask) {
    await ask.project();
    throw badRequest(
      'This server issues no OpenID Connect tokens for other services. Use a service connection with a token of its own.',
    );
  },
};
