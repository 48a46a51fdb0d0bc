import { NOTIFICATION_EVENTS, type NotificationEvent, type NotificationFilter } from '@signalbox/api';
import type { Sealer } from '../../auth/sealer.ts';
import type { SubscriptionSettings } from '../../notify/settings.ts';
import { badRequest } from '../problem.ts';
import { fieldsOf, type Fields } from '../read/fields.ts';
import { readTarget } from './read-target.ts';

const KNOWN = ['name', 'events', 'filter', 'target', 'enabled'];
const FILTERS = ['pipelines', 'stages', 'environments', 'locks', 'results', 'states'] as const;
const FILTER_VALUES = 100;
const NAME_MOST = 100;

/** What a request says a subscription is to be; what it leaves out stays as `before` has it. */
export function readSubscription(
  sealer: Sealer,
  body: Fields,
  before?: SubscriptionSettings,
): SubscriptionSettings {
  refuseUnknown('A subscription', body, KNOWN);
  return {
    name: readName(body.text('name', 256) ?? before?.name ?? ''),
    events: body.has('events') ? readEvents(body.list('events')) : (before?.events ?? []),
    filter: body.has('filter') ? readFilter(body.object('filter')) : (before?.filter ?? {}),
    target: targetOf(sealer, body, before),
    ...(before?.hook !== undefined && { hook: before.hook }),
  };
}

function targetOf(
  sealer: Sealer,
  body: Fields,
  before: SubscriptionSettings | undefined,
): SubscriptionSettings['target'] {
  if (body.has('target')) return readTarget(sealer, body.object('target'), before?.target);
  if (before === undefined) throw badRequest('"target" says where it is to be told.');
  return before.target;
}

function readName(text: string): string {
  const name = text.trim();
  if (name !== '' && name.length <= NAME_MOST && isPrintable(name)) return name;
  throw badRequest(`"name" says what the subscription is for, in 1 to ${NAME_MOST} characters.`);
}

function isPrintable(text: string): boolean {
  return !/\p{Cc}/u.test(text);
}

function refuseUnknown(what: string, fields: Fields, known: readonly string[]): void {
  const unknown = fields.entries().find(([name]) => !known.includes(name.toLowerCase()));
  if (unknown !== undefined) throw badRequest(`${what} has no property "${unknown[0].slice(0, 60)}".`);
}

function readEvents(words: readonly unknown[]): readonly NotificationEvent[] {
  return words.map((word) => {
    const known = NOTIFICATION_EVENTS.find((one) => one.toLowerCase() === String(word).toLowerCase());
    if (known !== undefined) return known;
    throw badRequest(
      `"events" does not know "${String(word).slice(0, 60)}". It knows: ${NOTIFICATION_EVENTS.join(', ')}.`,
    );
  });
}

function readFilter(fields: Fields): NotificationFilter {
  refuseUnknown('A filter', fields, FILTERS);
  return Object.fromEntries(
    FILTERS.filter((name) => fields.has(name)).map((name) => [name, readValues(name, fields.list(name))]),
  );
}

function readValues(name: string, values: readonly unknown[]): readonly string[] {
  if (values.length > FILTER_VALUES) throw badRequest(`"${name}" has at most ${FILTER_VALUES} values.`);
  // Numbers of pipelines and locks come as numbers or as text.
  const texts = fieldsOf(Object.fromEntries(values.map((value, at) => [String(at), value])), `"${name}"`);
  return values.map((_, at) => texts.textOrNumber(String(at)) ?? '').filter((text) => text !== '');
}
