import type { WireConnectionType, WireInputDescriptor } from '@signalbox/api';
import { fold } from '@signalbox/model';
import type { ConnectionScheme } from '@signalbox/store';
import type { Handlers } from '../ask.ts';
import { collection } from '../shape/common.ts';

const SCHEMES: Readonly<Record<ConnectionScheme, readonly WireInputDescriptor[]>> = {
  None: [],
  UsernamePassword: [input('username', 'User name', false), input('password', 'Password', true)],
  Token: [input('apitoken', 'Token', true)],
};

function input(id: string, name: string, isConfidential: boolean): WireInputDescriptor {
  const inputMode = isConfidential ? 'passwordBox' : 'textBox';
  return { id, name, inputMode, isConfidential, validation: { isRequired: false, dataType: 'string' } };
}

/** The types of service connections (REST.md §3.8): one, whose schemes are those that `readConnection` takes. */
export const connectionTypeHandlers: Handlers<'listConnectionTypes'> = {
  async listConnectionTypes({ query }) {
    const scheme = query.text('scheme');
    const isWanted = fold(query.text('type') ?? 'generic') === 'generic';
    const schemes = Object.entries(SCHEMES).filter(
      ([name]) => scheme === undefined || fold(name) === fold(scheme),
    );
    return collection(isWanted && schemes.length > 0 ? [genericType(schemes)] : []);
  },
};

function genericType(
  schemes: readonly (readonly [string, readonly WireInputDescriptor[]])[],
): WireConnectionType {
  return {
    name: 'generic',
    displayName: 'Generic',
    description: 'An address with a user and a password, a token, or neither.',
    endpointUrl: { displayName: 'Server URL', isVisible: 'true' },
    inputDescriptors: [],
    dataSources: [],
    authenticationSchemes: schemes.map(([scheme, inputDescriptors]) => ({
      scheme,
      displayName: scheme,
      inputDescriptors,
    })),
  };
}
