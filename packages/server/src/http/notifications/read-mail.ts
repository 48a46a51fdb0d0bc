import { isIP } from 'node:net';
import type { EnumTable } from '@signalbox/api';
import { MAIL_RECIPIENTS } from '../../limits.ts';
import type { MailSettings } from '../../notify/settings.ts';
import { badRequest } from '../problem.ts';
import type { Fields } from '../read/fields.ts';

const SECURITY: EnumTable<MailSettings['security']> = { tls: 0, startTls: 1, none: 2 };
const PORTS: Readonly<Record<MailSettings['security'], number>> = { tls: 465, startTls: 587, none: 25 };

/** The mail server, and from whom to whom; what is left out stays as `before` has it. */
export function readMail(fields: Fields, before: Partial<MailSettings> = {}): MailSettings {
  const security = fields.word('security', SECURITY) ?? before.security ?? 'tls';
  return {
    security,
    host: readHost(fields.text('host') ?? before.host ?? ''),
    port: readPort(fields.number('port') ?? before.port ?? PORTS[security]),
    from: readAddress('from', fields.text('from') ?? before.from),
    to: readRecipients(fields.has('to') ? fields.list('to') : (before.to ?? [])),
  };
}

function readHost(host: string): string {
  if (isIP(host) !== 0 || /^[a-z0-9](?:[a-z0-9.-]*[a-z0-9])?$/i.test(host)) return host;
  throw badRequest('"host" is the name or address of a mail server, as in mail.example.com.');
}

function readPort(port: number): number {
  if (port >= 1 && port <= 65_535) return port;
  throw badRequest('"port" is a number from 1 to 65535.');
}

function readRecipients(given: readonly unknown[]): readonly string[] {
  const to = given.map((one) => readAddress('to', one));
  if (to.length > 0 && to.length <= MAIL_RECIPIENTS) return to;
  throw badRequest(`"to" has 1 to ${MAIL_RECIPIENTS} addresses.`);
}

function readAddress(name: string, value: unknown): string {
  if (typeof value === 'string' && /^[^\s@<>,;:"()[\]\\]{1,64}@[a-z0-9.-]{1,190}$/i.test(value)) return value;
  throw badRequest(`"${name}" has plain mail addresses, as in ann@example.com.`);
}
