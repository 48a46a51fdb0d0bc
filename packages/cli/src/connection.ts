import type { ClientOptions } from '@signalbox/api';
import { defaultDataFolder, readLocalToken } from './data-folder.ts';
import { EXIT, CliError } from './exit-codes.ts';
import { networkFetch, type NetworkOptions } from './network.ts';

/** What `--url` and `--token` said. */
export interface ConnectionOptions extends NetworkOptions {
  readonly url?: string;
  readonly token?: string;
}

/** Where `signalbox up` listens by default, organisation included. */
const DEFAULT_URL = 'http://127.0.0.1:8080/default';

/** The server to talk to: the option, else `SIGNALBOX_URL`, else the one on this machine. */
export function serverUrl(options: ConnectionOptions): string {
  const url = options.url ?? process.env['SIGNALBOX_URL'] ?? DEFAULT_URL;
  if (URL.canParse(url) && /^https?:\/\/[^/]+\/[^/]+/.test(url)) return url.replace(/\/+$/, '');
  throw new CliError(
    EXIT.usage,
    `${url} is not the address of an organisation. It looks like ${DEFAULT_URL}.`,
  );
}

/** The token: the option, else `SIGNALBOX_TOKEN`, else the one that a server on this machine left in its data folder. */
export function serverToken(options: ConnectionOptions): string {
  const token = options.token ?? process.env['SIGNALBOX_TOKEN'] ?? readLocalToken(defaultDataFolder());
  if (token) return token;
  throw new CliError(
    EXIT.denied,
    'No token. Set SIGNALBOX_TOKEN, or give --token; `signalbox up` prints where the first one is kept.',
  );
}

/** How to reach the server that the options and the environment name. */
export function connect(options: ConnectionOptions): ClientOptions {
  return { baseUrl: serverUrl(options), token: serverToken(options), fetch: networkFetch(options) };
}
