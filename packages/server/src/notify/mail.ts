import { isIP } from 'node:net';
import type { Guid } from '@signalbox/model';
import { createTransport } from 'nodemailer';
import { OUTBOUND_MS } from '../limits.ts';
import { isLasting, type Outbound } from '../outbound/outbound.ts';
import type { Notice } from './notice.ts';
import type { Sent } from './sent.ts';
import type { MailSettings } from './settings.ts';
import { longTexts } from './texts.ts';

/** A mail to be sent. */
export interface Mailing {
  readonly notice: Notice;
  readonly id: Guid;
  readonly mail: MailSettings | undefined;
  readonly user: string;
  readonly password: string | undefined;
}

/**
 * Sends a mail through the server of the subscription. Its address is checked by the rules of every outgoing call, and
 * is the one that is connected to. The message id is the same at each try: mail programs show it once.
 */
export async function sendMail(outbound: Outbound, mailing: Mailing): Promise<Sent> {
  const { mail, notice, id } = mailing;
  if (mail === undefined) return { kind: 'refused', result: 'It has no mail server.', again: false };
  const checked = await outbound.check(new URL(`smtp://${urlHost(mail.host)}:${mail.port}`));
  if (checked.kind === 'failed')
    return { kind: 'refused', result: checked.message, again: !isLasting(checked.code) };
  const transport = createTransport(transportOptions(mailing, mail, checked.addresses[0] ?? mail.host));
  // A server that says a little now and then must not keep the delivery for ever.
  const late = setTimeout(() => transport.close(), OUTBOUND_MS);
  try {
    const { text, html } = longTexts(notice);
    const told = await transport.sendMail({
      from: mail.from,
      to: [...mail.to],
      subject: notice.title,
      text,
      html,
      messageId: `<${id}@signalbox>`,
      headers: {
        'X-Signalbox-Event': notice.event,
        'X-Signalbox-Delivery': id,
        'Auto-Submitted': 'auto-generated',
      },
    });
    const refused = told.rejected.length;
    const result = `The mail server took it${refused === 0 ? '' : ` for all but ${refused} of ${mail.to.length}`}.`;
    return { kind: 'delivered', result };
  } catch (error) {
    return { kind: 'refused', result: failureText(error), again: true };
  } finally {
    clearTimeout(late);
    transport.close();
  }
}

function transportOptions({ user, password }: Mailing, mail: MailSettings, address: string) {
  return {
    host: address,
    port: mail.port,
    secure: mail.security === 'tls',
    requireTLS: mail.security === 'startTls',
    ignoreTLS: mail.security === 'none',
    // The certificate is that of the name, though the connection goes to the address that was checked.
    ...(isIP(mail.host) === 0 && { servername: mail.host, tls: { servername: mail.host } }),
    connectionTimeout: OUTBOUND_MS,
    greetingTimeout: OUTBOUND_MS,
    socketTimeout: OUTBOUND_MS,
    disableFileAccess: true,
    disableUrlAccess: true,
    ...(password !== undefined && { auth: { user, pass: password } }),
  };
}

function urlHost(host: string): string {
  return host.includes(':') ? `[${host}]` : host;
}

// What the server says stays out: it may repeat what was sent.
function failureText(error: unknown): string {
  const known = error instanceof Error ? error : new Error('unknown');
  if ('responseCode' in known && typeof known.responseCode === 'number')
    return `The mail server answered ${known.responseCode}.`;
  const code = 'code' in known ? String(known.code) : '';
  const texts: Readonly<Record<string, string>> = {
    EAUTH: 'The mail server refused to sign in.',
    ETLS: 'The mail server speaks no TLS that can be trusted.',
    ESOCKET: 'The connection to the mail server failed; its certificate may not be trusted.',
    ECONNECTION: 'The mail server could not be reached.',
    ETIMEDOUT: 'The mail server did not answer in time.',
    EENVELOPE: 'The mail server refused the sender or every recipient.',
  };
  return texts[code] ?? 'The mail could not be sent.';
}
