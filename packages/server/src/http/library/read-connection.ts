import { fold } from '@signalbox/model';
import type { ConnectionInput, ConnectionRow, ConnectionScheme } from '@signalbox/store';
import type { Sealer } from '../../auth/sealer.ts';
import { VALUE_LENGTH } from '../../limits.ts';
import { badRequest } from '../problem.ts';
import type { Fields } from '../read/fields.ts';

/** What proves who calls, by scheme: the name of the secret parameter, and whether a user name goes with it. */
const PARAMETERS: Readonly<Record<ConnectionScheme, { readonly secret?: string; readonly username?: true }>> =
  {
    None: {},
    UsernamePassword: { secret: 'password', username: true },
    Token: { secret: 'apitoken' },
  };

type Read = Omit<ConnectionInput, 'name' | 'description'>;

/** Reads address and secret of a service connection; a secret that is not given stays that of `old`. */
export function readConnection(body: Fields, sealer: Sealer, old: ConnectionRow | undefined): Read {
  const type = body.text('type') ?? 'generic';
  if (fold(type) !== 'generic')
    throw badRequest(`Service connections of the type ${type} are not supported; use "generic".`);
  if (body.object('data').entries().length > 0)
    throw badRequest('"data" of a generic service connection is empty; leave it out.');
  const url = readUrl(body.text('url', 2048));
  const authorization = body.object('authorization');
  const scheme = readScheme(authorization.text('scheme'));
  const parameters = authorization.object('parameters');
  const rule = PARAMETERS[scheme];
  refuseOthers(parameters, rule, scheme);
  const given = rule.secret === undefined ? undefined : parameters.text(rule.secret, VALUE_LENGTH);
  const username = rule.username === undefined ? '' : (parameters.text('username') ?? '');
  if (given !== undefined) return { url, scheme, username, secret: sealer.seal(given) };
  return { url, scheme, username, secret: keptSecret(old, url, scheme) };
}

function readUrl(text: string | undefined): string {
  const url = text === undefined || !URL.canParse(text) ? undefined : new URL(text);
  if (url === undefined || !/^https?:$/.test(url.protocol))
    throw badRequest('"url" must be an http or https address, for example https://example.org/.');
  if (url.username !== '' || url.password !== '')
    throw badRequest('"url" holds a user or a password; give them as parameters of "authorization".');
  return text ?? '';
}

function readScheme(text: string | undefined): ConnectionScheme {
  const found = SCHEMES.find((scheme) => fold(scheme) === fold(text ?? 'None'));
  if (found !== undefined) return found;
  throw badRequest(`"authorization.scheme" must be one of: ${SCHEMES.join(', ')}.`);
}

const SCHEMES: readonly ConnectionScheme[] = ['None', 'UsernamePassword', 'Token'];

function refuseOthers(
  parameters: Fields,
  rule: (typeof PARAMETERS)[ConnectionScheme],
  scheme: ConnectionScheme,
): void {
  const known = [...(rule.secret === undefined ? [] : [rule.secret]), ...(rule.username ? ['username'] : [])];
  const other = parameters.entries().find(([name]) => !known.includes(fold(name)))?.[0];
  if (other === undefined) return;
  const has = known.length === 0 ? 'none' : known.join(' and ');
  throw badRequest(`"authorization.parameters" of the scheme ${scheme} has ${has}, not "${other}".`);
}

// Whoever may change the address could otherwise have the secret sent to a place of his own.
function keptSecret(old: ConnectionRow | undefined, url: string, scheme: ConnectionScheme): string {
  if (old === undefined || old.secret === '' || old.scheme !== scheme) return '';
  if (new URL(old.url).origin === new URL(url).origin) return old.secret;
  throw badRequest('The address leads to another host; give the password or the token again.');
}
