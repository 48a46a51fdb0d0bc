import type { EnumTable, NotificationTargetKind } from '@signalbox/api';
import type { Sealer } from '../../auth/sealer.ts';
import { CALLBACK_SECRET_LEAST, TARGET_HEADERS, VALUE_LENGTH } from '../../limits.ts';
import {
  openSecrets,
  sealSecrets,
  type MailSettings,
  type StoredTarget,
  type TargetSecrets,
} from '../../notify/settings.ts';
import { badRequest } from '../problem.ts';
import type { Fields } from '../read/fields.ts';
import { readMail } from './read-mail.ts';

const KINDS: EnumTable<NotificationTargetKind> = { webhook: 0, slack: 1, teams: 2, email: 3 };

/** What each kind is told by; anything else is refused. */
const PROPERTIES: Readonly<Record<NotificationTargetKind, readonly string[]>> = {
  webhook: ['kind', 'url', 'headers', 'user', 'password', 'signingkey'],
  slack: ['kind', 'url'],
  teams: ['kind', 'url'],
  email: ['kind', 'host', 'port', 'security', 'user', 'password', 'from', 'to'],
};

/** The `target` of a request, ready to be stored: secrets leave this function sealed only. */
export function readTarget(sealer: Sealer, fields: Fields, before?: StoredTarget): StoredTarget {
  const kind = readKind(fields, before);
  const kept: Partial<StoredTarget> = before?.kind === kind ? before : {};
  const secrets = { ...openSecrets(sealer, kept), ...readSecrets(kind, fields) };
  const user = readUser(kind, fields.text('user') ?? kept.user ?? '');
  const mail = kind === 'email' ? readMail(fields, kept.mail) : undefined;
  refuseClear(mail, secrets);
  return {
    kind,
    user,
    shown: mail === undefined ? `${originOf(secrets.url)}/…` : `${mail.host}:${mail.port}`,
    ...(mail !== undefined && { mail }),
    ...sealedPart(sealer, secrets),
  };
}

function readUser(kind: NotificationTargetKind, user: string): string {
  if (kind === 'webhook' && user.includes(':')) throw badRequest('"user" has no colon: it ends there.');
  return user;
}

function refuseClear(mail: MailSettings | undefined, { password }: TargetSecrets): void {
  if (mail?.security === 'none' && password !== undefined)
    throw badRequest('"security" is "tls" or "startTls": a password is never sent in clear.');
}

/** The kind, once nothing is said that it does not have. */
function readKind(fields: Fields, before: StoredTarget | undefined): NotificationTargetKind {
  const kind = fields.word('kind', KINDS) ?? before?.kind;
  if (kind === undefined)
    throw badRequest(`"kind" of the target is one of: ${Object.keys(KINDS).join(', ')}.`);
  const unknown = fields.entries().find(([name]) => !PROPERTIES[kind].includes(name.toLowerCase()));
  if (unknown === undefined) return kind;
  throw badRequest(`A target of the kind "${kind}" has no property "${unknown[0].slice(0, 60)}".`);
}

function sealedPart(
  sealer: Sealer,
  secrets: TargetSecrets,
): Pick<StoredTarget, 'headers' | 'hasPassword' | 'isSigned' | 'sealed'> {
  return {
    headers: Object.keys(secrets.headers ?? {}),
    hasPassword: secrets.password !== undefined,
    isSigned: secrets.signingKey !== undefined,
    sealed: sealSecrets(sealer, secrets),
  };
}

function readSecrets(kind: NotificationTargetKind, fields: Fields): TargetSecrets {
  const url = fields.text('url', 2048);
  const password = fields.text('password', 512);
  const signingKey = fields.text('signingKey', 512);
  if (signingKey !== undefined && signingKey.length < CALLBACK_SECRET_LEAST)
    throw badRequest(`"signingKey" has at least ${CALLBACK_SECRET_LEAST} characters.`);
  return {
    ...(kind !== 'email' && url !== undefined && { url: readUrl(url) }),
    ...(fields.has('headers') && { headers: readHeaders(fields.object('headers')) }),
    ...(password !== undefined && { password }),
    ...(signingKey !== undefined && { signingKey }),
  };
}

function readUrl(text: string): string {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (url === undefined || (url.protocol !== 'http:' && url.protocol !== 'https:'))
    throw badRequest('"url" is an address that begins with https:// or http://.');
  if (url.username !== '' || url.password !== '')
    throw badRequest('"url" holds no user or password; give them as "user" and "password".');
  return url.href;
}

// The rest of an address may be a secret: webhooks of chats have their token there.
function originOf(url: string | undefined): string {
  if (url === undefined) throw badRequest('"url" is missing: where is it to be sent?');
  return new URL(url).origin;
}

const RESERVED =
  /^(?:host|content-(?:length|type|encoding)|connection|transfer-encoding|authorization|x-signalbox-.*)$/i;

/** Headers that the caller adds to each call. */
function readHeaders(fields: Fields): Readonly<Record<string, string>> {
  const headers = fields.entries().map(([name, value]) => {
    if (!/^[\w!#$%&'*+.^`|~-]{1,100}$/.test(name)) throw badRequest('A header has a name without spaces.');
    if (RESERVED.test(name)) throw badRequest(`The header "${name}" is set by the server.`);
    if (typeof value !== 'string' || value.length > VALUE_LENGTH || !/^[\t\x20-\x7e]*$/.test(value))
      throw badRequest(`The header "${name}" has a value of printable characters on one line.`);
    return [name, value] as const;
  });
  if (headers.length > TARGET_HEADERS) throw badRequest(`There are at most ${TARGET_HEADERS} headers.`);
  return Object.fromEntries(headers);
}
