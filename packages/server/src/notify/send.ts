import { createHmac } from 'node:crypto';
import type { Guid } from '@signalbox/model';
import type { DeliveryRow, SubscriptionRow } from '@signalbox/store';
import type { Sealer } from '../auth/sealer.ts';
import { describeResult, isLasting, type Outbound, type OutboundResult } from '../outbound/outbound.ts';
import { slackMessage, teamsMessage } from './chat.ts';
import { envelope } from './envelope.ts';
import { sendMail } from './mail.ts';
import type { Notice } from './notice.ts';
import type { Sent } from './sent.ts';
import { openSecrets, settingsOf, type SubscriptionSettings, type TargetSecrets } from './settings.ts';

/** What sending takes. */
export interface SendDesk {
  readonly sealer: Sealer;
  readonly outbound: Outbound;
  readonly clock: () => number;
  readonly instance: Guid;
}

/** One try to deliver. Never throws. */
export async function send(
  desk: SendDesk,
  subscription: SubscriptionRow,
  delivery: DeliveryRow,
): Promise<Sent> {
  const settings = settingsOf(subscription);
  const secrets = openSecrets(desk.sealer, settings.target);
  if (secrets === undefined) {
    const result =
      'The secrets of the subscription were sealed with another key than this server has. Set them anew.';
    return { kind: 'refused', result, again: false };
  }
  const notice = delivery.body as unknown as Notice;
  if (settings.target.kind === 'email') {
    const { mail, user } = settings.target;
    return sendMail(desk.outbound, { notice, id: delivery.guid, mail, user, password: secrets.password });
  }
  return call(desk, { settings, secrets, notice, delivery, subscription });
}

interface Calling {
  readonly settings: SubscriptionSettings;
  readonly secrets: TargetSecrets;
  readonly notice: Notice;
  readonly delivery: DeliveryRow;
  readonly subscription: SubscriptionRow;
}

async function call(desk: SendDesk, calling: Calling): Promise<Sent> {
  const { secrets, delivery, notice, settings } = calling;
  const body = JSON.stringify(bodyOf(desk, calling));
  const timestamp = String(Math.floor(desk.clock() / 1000));
  const own =
    settings.target.kind === 'webhook' ? authorization(settings, secrets, `${timestamp}.${body}`) : {};
  const result = await desk.outbound.send({
    method: 'POST',
    url: secrets.url ?? '',
    body,
    headers: {
      ...secrets.headers,
      'content-type': 'application/json; charset=utf-8',
      'x-signalbox-event': notice.event,
      'x-signalbox-delivery': delivery.guid,
      'x-signalbox-attempt': String(delivery.attempts),
      'x-signalbox-timestamp': timestamp,
      ...own,
    },
  });
  return sentOf(result);
}

function bodyOf(desk: SendDesk, { settings, notice, delivery, subscription }: Calling): object {
  switch (settings.target.kind) {
    case 'slack':
      return slackMessage(notice);
    case 'teams':
      return teamsMessage(notice);
    case 'email':
    case 'webhook':
      return envelope(notice, {
        subscription: subscription.guid,
        notification: delivery.id,
        id: delivery.guid,
        instance: desk.instance,
        hook: settings.hook,
      });
  }
}

/** The signature covers the time, so that a captured call cannot be sent again later (TH17). */
function authorization(
  { target }: SubscriptionSettings,
  { password, signingKey }: TargetSecrets,
  signed: string,
): Readonly<Record<string, string>> {
  const basic = Buffer.from(`${target.user}:${password ?? ''}`).toString('base64');
  const signature = createHmac('sha256', signingKey ?? '')
    .update(signed)
    .digest('hex');
  return {
    ...((target.user !== '' || target.hasPassword) && { authorization: `Basic ${basic}` }),
    ...(signingKey !== undefined && { 'x-signalbox-signature': `sha256=${signature}` }),
  };
}

function sentOf(answer: OutboundResult): Sent {
  const result = describeResult(answer);
  if (answer.kind === 'failed') return { kind: 'refused', result, again: !isLasting(answer.code) };
  if (answer.status >= 200 && answer.status < 300) return { kind: 'delivered', result };
  if (answer.status === 410) return { kind: 'refused', result, again: false, gone: true };
  const after = Number(answer.headers['retry-after'] ?? '');
  if ((answer.status === 429 || answer.status === 503) && after > 0)
    return { kind: 'later', result, afterMs: after * 1000 };
  return { kind: 'refused', result, again: true };
}
