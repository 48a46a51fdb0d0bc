import type { DeliveredEvent } from '@signalbox/api';
import type { Guid } from '@signalbox/model';
import type { JsonObject } from '@signalbox/store';
import { HOOK_EVENTS } from './hook-events.ts';
import type { Notice } from './notice.ts';
import type { HookSettings, MessagesToSend } from './settings.ts';
import { longTexts, shortTexts, type Texts } from './texts.ts';

/** What the envelope says besides the notice. */
export interface EnvelopeParts {
  readonly subscription: Guid;
  /** The number of the delivery. */
  readonly notification: number;
  /** The same at each try. */
  readonly id: Guid;
  readonly instance: Guid;
  readonly hook: HookSettings | undefined;
}

/** What a webhook is sent: the envelope of Azure's service hooks, around their resources and ours (REST.md §3.9). */
export function envelope(notice: Notice, parts: EnvelopeParts): JsonObject {
  const { subscription, notification, id, instance, hook } = parts;
  const { eventType, publisherId, resourceVersion } = nameOf(notice.event);
  const version = hook?.resourceVersion ?? resourceVersion;
  const details = hook?.resourceDetailsToSend ?? 'all';
  const resource = details === 'none' ? undefined : resourceFor(notice, { details, version });
  return {
    subscriptionId: subscription,
    notificationId: notification,
    id,
    eventType,
    publisherId,
    ...texts('message', shortTexts(notice), hook?.messagesToSend),
    ...texts('detailedMessage', longTexts(notice), hook?.detailedMessagesToSend),
    ...(resource !== undefined && { resource }),
    resourceVersion: version,
    resourceContainers: {
      collection: { id: instance },
      account: { id: instance },
      project: { id: notice.projectId },
    },
    createdDate: notice.at,
  };
}

function nameOf(event: DeliveredEvent): {
  readonly eventType: string;
  readonly publisherId: string;
  readonly resourceVersion: string;
} {
  const known = HOOK_EVENTS.find((one) => one.event === event);
  return known ?? { eventType: `signalbox.${event}`, publisherId: 'signalbox', resourceVersion: '1.0' };
}

function texts(
  name: 'message' | 'detailedMessage',
  all: Texts,
  wanted: MessagesToSend = 'all',
): { readonly [key: string]: JsonObject } {
  const { text, html, markdown } = all;
  if (wanted === 'none') return {};
  if (wanted === 'all') return { [name]: { text, html, markdown } };
  return { [name]: { [wanted]: all[wanted] } };
}

function resourceFor(
  { event, resource, link }: Notice,
  { details, version }: { readonly details: 'all' | 'minimal'; readonly version: string },
): JsonObject {
  if (details === 'minimal') return { id: resource['id'] ?? null, url: resource['url'] ?? link };
  // The first version of a build had its result where its status is now.
  if (event !== 'run.completed' || version !== '1.0') return resource;
  return { ...resource, status: resource['result'] ?? null };
}
