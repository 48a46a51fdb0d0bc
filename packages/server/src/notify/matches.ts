import type { NotificationEvent, NotificationFilter } from '@signalbox/api';
import { fold } from '@signalbox/model';
import type { Facets } from './notice.ts';

/** What somebody wants to hear of. */
export interface Wanted {
  /** Empty: every event. */
  readonly events: readonly NotificationEvent[];
  readonly filter: NotificationFilter;
}

const FACETS = ['pipelines', 'stages', 'environments', 'locks', 'results', 'states'] as const;

/**
 * Whether a subscription is for an event. Each restriction must be met by one of the event's own values, letter case
 * aside; events of a kind that has no such values are not restricted by it.
 */
export function matches({ events, filter }: Wanted, event: NotificationEvent, facets: Facets): boolean {
  if (events.length > 0 && !events.includes(event)) return false;
  return FACETS.every((facet) => {
    const wanted = filter[facet] ?? [];
    const own = facets[facet];
    if (wanted.length === 0 || own === undefined) return true;
    return own.some((value) => wanted.some((one) => fold(one) === fold(value)));
  });
}
