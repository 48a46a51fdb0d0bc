import type { EnumTable, NotificationFilter } from '@signalbox/api';
import { fold } from '@signalbox/model';
import type { Sealer } from '../../auth/sealer.ts';
import { HOOK_EVENTS, hookEvent, type HookEvent } from '../../notify/hook-events.ts';
import type {
  HookSettings,
  MessagesToSend,
  StoredTarget,
  SubscriptionSettings,
} from '../../notify/settings.ts';
import { badRequest } from '../problem.ts';
import { fieldsOf, type Fields } from '../read/fields.ts';
import { readTarget } from './read-target.ts';

/** What a secret is shown as; it comes back like this when it is to stay. */
export const MASK = '********';

const DETAILS: EnumTable<HookSettings['resourceDetailsToSend']> = { all: 0, minimal: 1, none: 2 };
const MESSAGES: EnumTable<MessagesToSend> = { all: 0, text: 1, html: 2, markdown: 3, none: 4 };
// What the result of a build is called there.
const RESULTS: Readonly<Record<string, string>> = { stopped: 'canceled' };

/** A service hook as Azure's clients write it (REST.md §3.9). */
export function readHook(sealer: Sealer, body: Fields, before?: StoredTarget): SubscriptionSettings {
  const consumer = `${body.text('consumerId') ?? ''}/${body.text('consumerActionId') ?? ''}`;
  if (fold(consumer) !== 'webhooks/httprequest')
    throw badRequest(
      '"consumerId" is "webHooks" and "consumerActionId" is "httpRequest". ' +
        'For Slack, Teams and mail make a notification of Signalbox.',
    );
  const event = hookEvent(body.text('eventType') ?? '');
  if (event === undefined) {
    const known = HOOK_EVENTS.map(({ eventType }) => eventType).join(', ');
    throw badRequest(`"eventType" is one of: ${known}. Signalbox has more events of its own.`);
  }
  const publisher = body.text('publisherId') ?? event.publisherId;
  if (fold(publisher) !== event.publisherId)
    throw badRequest(`"${event.eventType}" is an event of the publisher "${event.publisherId}".`);
  const inputs = readTexts('publisherInputs', body);
  const target = readTarget(sealer, targetFields(body.object('consumerInputs')), before);
  return {
    name: `${event.eventType} to ${target.shown}`.slice(0, 100),
    events: [event.event],
    filter: filterOf(event, inputs),
    target,
    hook: hookOf(event, body, inputs),
  };
}

function readTexts(name: string, body: Fields): Readonly<Record<string, string>> {
  const fields = body.object(name);
  const texts = fields.entries().map(([key]) => [key, fields.textOrNumber(key) ?? ''] as const);
  return Object.fromEntries(texts);
}

/** Empty settings restrict nothing; one that is not known would, so it is refused. */
function filterOf(
  { inputs: known }: HookEvent,
  inputs: Readonly<Record<string, string>>,
): NotificationFilter {
  const filter: Record<string, readonly string[]> = {};
  for (const [name, value] of Object.entries(inputs)) {
    const facet = known[fold(name)];
    if (fold(name) === 'projectid' || value === '') continue;
    if (facet === undefined)
      throw badRequest(`"publisherInputs" of this event has no setting "${name.slice(0, 60)}".`);
    filter[facet] = [RESULTS[fold(value)] ?? value];
  }
  return filter;
}

function hookOf(
  event: HookEvent,
  body: Fields,
  publisherInputs: Readonly<Record<string, string>>,
): HookSettings {
  const consumer = body.object('consumerInputs');
  return {
    publisherId: event.publisherId,
    eventType: event.eventType,
    resourceVersion: body.text('resourceVersion') || event.resourceVersion,
    publisherInputs,
    resourceDetailsToSend: consumer.word('resourceDetailsToSend', DETAILS) ?? 'all',
    messagesToSend: consumer.word('messagesToSend', MESSAGES) ?? 'all',
    detailedMessagesToSend: consumer.word('detailedMessagesToSend', MESSAGES) ?? 'all',
  };
}

const CONSUMER = [
  'url',
  'httpheaders',
  'basicauthusername',
  'basicauthpassword',
  'resourcedetailstosend',
  'messagestosend',
  'detailedmessagestosend',
  'acceptuntrustedcerts',
];

/** The inputs of the consumer in our words. Asterisks say that a secret stays. */
function targetFields(consumer: Fields): Fields {
  const unknown = consumer.entries().find(([name]) => !CONSUMER.includes(fold(name)));
  if (unknown !== undefined)
    throw badRequest(`"consumerInputs" has no setting "${unknown[0].slice(0, 60)}".`);
  if (consumer.flag('acceptUntrustedCerts') === true)
    throw badRequest(
      '"acceptUntrustedCerts" is never true here: give the receiver a certificate that is trusted.',
    );
  const headers = consumer.text('httpHeaders', 32_768);
  const url = consumer.text('url', 2048);
  const password = consumer.text('basicAuthPassword', 512);
  const isKept = (text: string | undefined): boolean => text === undefined || text.includes(MASK);
  return fieldsOf({
    kind: 'webhook',
    ...(!isKept(url) && { url }),
    ...(!isKept(headers) && headers !== undefined && { headers: headerLines(headers) }),
    user: consumer.text('basicAuthUsername') ?? '',
    ...(!isKept(password) && password !== '' && { password }),
  });
}

/** `Name:Value`, one on each line. */
function headerLines(text: string): Readonly<Record<string, string>> {
  const lines = text.split(/\r?\n/).filter((line) => line.trim() !== '');
  return Object.fromEntries(
    lines.map((line) => {
      const at = line.indexOf(':');
      if (at < 1) throw badRequest('"httpHeaders" has one "Name:Value" on each line.');
      return [line.slice(0, at).trim(), line.slice(at + 1).trim()] as const;
    }),
  );
}
